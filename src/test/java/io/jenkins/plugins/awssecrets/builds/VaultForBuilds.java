package io.jenkins.plugins.awssecrets.builds;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.plugins.credentials.CredentialsScope;
import io.jenkins.plugins.awssecrets.Backends;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import io.jenkins.plugins.oidc_provider.config.ClaimTemplate;
import io.jenkins.plugins.oidc_provider.config.IdTokenConfiguration;
import io.jenkins.plugins.oidc_provider.config.StringClaimType;
import java.net.URI;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;

/** A Vault that trusts the ID tokens of a Jenkins, and a Jenkins that makes them, with the plugin oidc-provider. */
final class VaultForBuilds {
    /** With which the tokens of the demo Vault begin. */
    static final String TOKEN_MARK = "hvs.demo";

    static final String BY_ID_TOKEN =
            "auth: {jwt: {role: \"jenkins-${folder}\", credentialsId: id-token, perBuild: true}}";
    static final String BY_TEMPLATE = "auth: {jwt: {role: any, credentialsId: id-token, perBuild: true}}";
    static final String BY_CHILD_TOKEN = "auth: {token: {token: maker}}, "
            + "perBuild: {policies: [\"jenkins-${folder}\"], ttl: 1h, tokenRole: jenkins}";
    static final String BY_JOB =
            "auth: {token: {token: maker}}, " + "perBuild: {policies: [\"jenkins-${job}\"], tokenRole: jenkins}";

    /** A certificate {@code client}. */
    static final String CLIENT =
            "credentials: [{certificate: {id: client, vaultPki: {source: vault, role: ci, commonName: web.example}}}]";

    private VaultForBuilds() {}

    /**
     * Secrets {@code secret/shop/db} and {@code secret/bank/db}, and leases at {@code database/creds/readonly},
     * and certificates without one at {@code pki}, which nobody but who reads for {@code shop} may revoke.
     *
     * @param jenkins address of the issuer
     */
    static Seed seed(URI jenkins) {
        return Seed.parse("""
            vault:
              rootToken: root
              tokens: [{ id: maker, policies: [maker] }]
              tokenRoles: { jenkins: { allowedPoliciesGlob: ["jenkins-*"], orphan: true } }
              policies:
                maker: [{ path: auth/token/create/jenkins, capabilities: [update] }]
                jenkins-shop:
                  - { path: secret/data/shop/*, capabilities: [read] }
                  - { path: database/creds/readonly, capabilities: [read] }
                  - { path: pki/issue/ci, capabilities: [update] }
                  - { path: pki/revoke, capabilities: [update] }
                jenkins-bank: [{ path: secret/data/bank/*, capabilities: [read] }]
                jenkins-shop-web: [{ path: secret/data/shop/*, capabilities: [read] }]
                jenkins-bank-web: [{ path: secret/data/bank/*, capabilities: [read] }]
                jobs:
                  - path: "secret/data/{{identity.entity.aliases.auth_jwt_19cc7.metadata.job}}/*"
                    capabilities: [read]
              mounts:
                - path: secret
                  secrets:
                    - { path: shop/db, data: { password: canary-of-shop } }
                    - { path: shop/web/db, data: { password: canary-of-the-job } }
                    - { path: bank/db, data: { password: canary-of-bank } }
                - { path: pki, type: pki, roles: { ci: { ttl: 30m } } }
                - path: database
                  type: database
                  roles: { readonly: { ttl: 1h, fields: { password: "canary-{{random}}" } } }
              auth:
                - { type: aws, accept: [{ with: { role: shop-ci }, policies: [maker] }] }
                - type: jwt
                  jwt:
                    jwksUrl: "%1$soidc/jwks"
                    boundIssuer: "%1$soidc"
                    roles:
                      any:
                        boundAudiences: [vault]
                        claimMappings: { job: job }
                        policies: [jobs]
                      jenkins-shop:
                        boundAudiences: [vault]
                        boundClaims: { sub: ["%1$sjob/shop/*"] }
                        glob: true
                        policies: [jenkins-shop]
                      jenkins-bank:
                        boundAudiences: [vault]
                        boundClaims: { sub: ["%1$sjob/somewhere-else/*"] }
                        glob: true
                        policies: [jenkins-bank]
            """.formatted(jenkins));
    }

    /** An ID token credential, whose tokens name the job, and the source {@code vault}. */
    static void configure(URI vault, String authentication) throws Exception {
        configure(vault, authentication, "folders: []");
    }

    /** @param more YAML of {@code awsSecrets} beside {@code sources} */
    static void configure(URI vault, String authentication, String more) throws Exception {
        IdTokens.declare(CredentialsScope.GLOBAL, "id-token", "vault");
        IdTokenConfiguration.get()
                .setBuildClaimTemplates(List.of(
                        new ClaimTemplate("sub", "${JOB_URL}", new StringClaimType()),
                        new ClaimTemplate("job", "${JOB_NAME}", new StringClaimType())));
        load(vault, "allow: [{names: [\"**\"]}], " + authentication, more);
    }

    /**
     * @param source its keys beside address and id
     * @param more YAML of {@code awsSecrets} beside {@code sources}
     */
    static void load(URI vault, String source, String more) throws Exception {
        Backends.load("""
            unclassified:
              awsSecrets:
                sources:
                  - vault: {id: vault, url: "%s", %s}
                %s
            """.formatted(vault, source, more));
    }

    static WorkflowJob job(Folder folder, String name, String script) throws Exception {
        WorkflowJob job = folder.createProject(WorkflowJob.class, name);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }

    /** A block that reads a field {@code password}. */
    static String reading(String path, String body) {
        return "withAwsSecrets([secret(variable: 'PASSWORD', from: 'vault:" + path + "#password')]) { " + body + " }\n";
    }
}
