package io.jenkins.plugins.awssecrets.config.code;

import io.jenkins.plugins.awssecrets.catalog.Catalog;
import io.jenkins.plugins.awssecrets.config.AwsSecretsConfiguration;
import io.jenkins.plugins.awssecrets.config.authentication.TokenAuth;
import io.jenkins.plugins.awssecrets.config.sources.VaultConfiguration;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.casc.ConfigurationContext;
import io.jenkins.plugins.casc.ConfiguratorRegistry;
import io.jenkins.plugins.casc.impl.configurators.DescriptorConfigurator;
import io.jenkins.plugins.casc.model.CNode;
import java.time.Duration;
import jenkins.model.Jenkins;

/** A configuration with every setting, and what Jenkins has of it. */
public final class WholeConfiguration {
    public static final String CANARY = "canary-5c1d7e";

    /** Every setting, once. */
    public static final String EVERYTHING = """
        unclassified:
          awsSecrets:
            sources:
              - ssm:
                  id: ssm
                  region: eu-west-1
                  endpoint: "https://ssm.example"
                  stsEndpoint: "https://sts.example"
                  accessKeyId: AKIAEXAMPLE
                  secretAccessKey: %1$s-1
                  sessionToken: %1$s-2
                  assumeRole: {roleArn: "arn:aws:iam::123456789012:role/ci", externalId: "x-1", sessionName: ci, durationSeconds: 900}
                  filter: {pathPrefix: /ci/, stripPrefix: /ci/, tags: [{key: team, value: web}, {key: live}]}
                  allow:
                    - {names: [/ci/*, "/team/${folder}/**", "/job/^${job}"]}
                    - {names: [/prod/*], jobs: [shop/**, pay/web], branches: [main, release/*], changeRequests: true}
              - secretsManager:
                  id: other-account
                  region: eu-central-1
                  profile: other
                  fips: true
                  dualStack: true
                  assumeRole:
                    - {roleArn: "arn:aws:iam::123456789012:role/first"}
                    - {roleArn: "arn:aws:iam::123456789012:role/second"}
                  filter: {namePrefix: "ci/, shared/", stripPrefix: "ci/, shared/", hideDescription: true}
              - secretsManager: {id: pod, webIdentity: {roleArn: "arn:aws:iam::123456789012:role/pod", tokenFile: /run/token}}
              - ssm: {id: byRole, assumeRole: {roleArn: "arn:aws:iam::123456789012:role/jenkins/${folder}", perBuild: true, tags: true, exactPolicy: true}}
              - ssm: {id: byToken, webIdentity: {roleArn: "arn:aws:iam::123456789012:role/of/${job}", credentialsId: aws-token}}
              - vault:
                  id: vault
                  url: "https://vault.example:8200"
                  namespace: team/web
                  caCertificateFile: /etc/ssl/vault.pem
                  clientCertificate: {certificateFile: /run/tls.crt, privateKey: %1$s-3}
                  mounts: [{path: team/kv, kvVersion: 2}, {path: database}]
                  auth: {certificate: {name: ci, mount: tls}}
              - vault: {id: v1, url: "https://v.example", auth: {token: {token: %1$s-4}}}
              - vault: {id: v2, url: "https://v.example", auth: {appRole: {roleId: r, secretId: %1$s-5, wrapped: true, mount: roles}}}
              - vault: {id: v3, url: "https://v.example", auth: {userPass: {username: u, password: %1$s-6}}}
              - vault: {id: v4, url: "https://v.example", auth: {ldap: {credentialsId: jane}}}
              - vault: {id: v5, url: "https://v.example", auth: {jwt: {role: ci, jwtFile: /run/jwt}}}
              - vault: {id: v6, url: "https://v.example", auth: {kubernetes: {role: ci}}}
              - vault: {id: v7, url: "https://v.example", auth: {awsIam: {role: ci, serverId: vault.example, region: eu-west-1, stsEndpoint: "https://sts.eu-west-1.amazonaws.com"}}}
              - vault: {id: v8, url: "http://127.0.0.1:8100", auth: {agent: {}}}
            credentials:
              - string: {id: token, secret: "ssm:/ci/token", description: "A token", scope: SYSTEM, allowEmpty: true}
              - usernamePassword: {id: login, username: robot, password: "other-account:ci/login#password", allow: [{jobs: [shop/**], branches: [main], changeRequests: false}, {}]}
              - dockerRegistry: {id: docker-hub, registry: "ssm:/ci/docker/registry", username: "ssm:/ci/docker/username", password: "sm:ci/docker#password"}
              - database: {id: orders-db, from: "sm:prod/orders"}
              - aws: {id: deploy, accessKeyId: "vault:aws/creds/deploy#access_key", secretAccessKey: "vault:aws/creds/deploy#secret_key"}
              - sshKey: {id: git, username: git, privateKey: "sm:ci/git"}
              - certificate: {id: signing, keyStore: "sm:ci/p12", password: "sm:ci/p12-password"}
              - aws: {id: role, region: eu-west-1, role: {source: sm, roleArn: "arn:aws:iam::123456789012:role/deployer", externalId: jenkins, durationSeconds: "900", fileOnly: true}}
              - sshKey: {id: signed, username: deploy, vaultSsh: {source: vault, role: ci, mount: ssh, ttl: 30m}}
              - x509ClientCert: {id: docker-tls, clientKey: "sm:tls#key", clientCertificate: "sm:tls#cert", serverCaCertificate: "sm:tls#ca"}
              - gitlabToken: {id: gitlab, token: "sm:ci/gitlab"}
              - githubApp: {id: app, appId: "4711", privateKey: "sm:ci/app", owner: acme, apiUri: "https://github.example/api/v3"}
              - certificate: {id: issued, vaultPki: {source: vault, role: ci, commonName: "${job}.ci.example"}}
              - dockerRegistry: {id: ecr, ecr: {source: sm, registry: 123456789012.dkr.ecr.eu-west-1.amazonaws.com}}
              - database: {id: orders-ro, engine: postgres, host: db.example, username: ci, ssl: "true", rdsToken: {source: sm, region: eu-west-1}}
              - file: {id: kubeconfig, fileName: kubeconfig, content: "vault:secret/ci#kubeconfig"}
            discovery: {enabled: false}
            metadataCache: "90s"
            folders:
              - {folders: ["payments/**", shared], sources: [vault], roles: ["arn:aws:iam::123456789012:role/payments-*"], addresses: ["https://vault.example:8200", "unix:///run/agent.sock"]}
        """.formatted(CANARY);

    private WholeConfiguration() {}

    /** {@code awsSecrets} as the plugin "Configuration as Code" exports it. */
    public static String exported() throws Exception {
        ConfigurationContext context = new ConfigurationContext(ConfiguratorRegistry.get());
        CNode node = new DescriptorConfigurator(AwsSecretsConfiguration.get())
                .describe(AwsSecretsConfiguration.get(), context);
        java.io.StringWriter out = new java.io.StringWriter();
        ConfigurationAsCode.serializeYamlNode(ConfigurationAsCode.get().toYaml(node), out);
        return out.toString();
    }

    /** The token that the source {@code v1} has. */
    public static String tokenOfV1() {
        return AwsSecretsConfiguration.get().getSources().stream()
                .filter(source -> source.getId().equals("v1"))
                .map(source -> (TokenAuth) ((VaultConfiguration) source).getAuth())
                .findFirst()
                .orElseThrow()
                .getToken()
                .getPlainText();
    }

    /** Whether Jenkins has a credential of this id that is declared, and not discovered. */
    public static boolean isDeclared(String id) {
        return Catalog.get()
                .in(Jenkins.get())
                .find(id, Duration.ofSeconds(20))
                .filter(entry -> !entry.discovered())
                .isPresent();
    }
}
