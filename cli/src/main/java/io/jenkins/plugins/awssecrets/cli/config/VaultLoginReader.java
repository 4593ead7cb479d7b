package io.jenkins.plugins.awssecrets.cli.config;

import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.identity.BuildText;
import io.jenkins.plugins.awssecrets.engine.policy.VaultBuilds;
import io.jenkins.plugins.awssecrets.engine.source.aws.AwsLogin;
import io.jenkins.plugins.awssecrets.engine.source.aws.LoginCredentials;
import io.jenkins.plugins.awssecrets.engine.source.vault.http.TextOrFile;
import io.jenkins.plugins.awssecrets.engine.source.vault.login.VaultLogin;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads {@code auth}: a map of one key, the method. */
final class VaultLoginReader {
    /** In Jenkins, what the environment says; so it is here without any method. */
    private static final String ENVIRONMENT = "environment";

    private static final List<String> METHODS = List.of(
            "token", "agent", "appRole", "userPass", "ldap", "jwt", "kubernetes", "certificate", "awsIam", ENVIRONMENT);

    /** Where each method has its secret, if not in a credential of Jenkins. */
    private static final Set<String> SECRETS = Set.of(
            "token", "tokenFile", "tokenVariable", "secretId", "secretIdFile", "password", "jwt", "jwtFile", "profile");

    private final Section auth;
    private Optional<VaultBuilds> builds = Optional.empty();

    VaultLoginReader(Section auth) {
        this.auth = auth;
    }

    /** Whether builds of a Jenkins authenticate by themselves, and how; known once the login was read. */
    Optional<VaultBuilds> builds() {
        return builds;
    }

    /** Empty where it is a credential that only Jenkins has, or what the environment says. */
    Optional<VaultLogin> login() {
        String method = auth.onlyKey(METHODS);
        Section section = auth.sectionOf(method);
        boolean ofJenkins = section.jenkinsOnly(
                        "here the source authenticates with VAULT_TOKEN, unless its secret is given in the file",
                        "credentialsId")
                && section.keys().stream().noneMatch(SECRETS::contains);
        section.jenkinsOnly("here the source authenticates once, for the run", "perBuild");
        if (method.equals("jwt") && section.flag("perBuild", false)) {
            builds = Optional.of(
                    new VaultBuilds.ByIdToken(mount(section, VaultLogin.Jwt.MOUNT), section.pattern("role")));
        }
        if (ofJenkins || method.equals(ENVIRONMENT)) {
            return Optional.empty();
        }
        VaultLogin login = login(method, section);
        section.end();
        return Optional.of(login);
    }

    private static VaultLogin login(String method, Section section) {
        return switch (method) {
            case "token" -> token(section);
            case "agent" -> new VaultLogin.Agent();
            case "appRole" ->
                new VaultLogin.AppRole(
                        mount(section, VaultLogin.AppRole.MOUNT),
                        section.required("roleId"),
                        VaultReader.textOrFile(section, "secretId", "secretIdFile"),
                        section.flag("wrapped", false));
            case "userPass" ->
                new VaultLogin.UserPass(
                        mount(section, VaultLogin.UserPass.MOUNT), section.required("username"), password(section));
            case "ldap" ->
                new VaultLogin.Ldap(
                        mount(section, VaultLogin.Ldap.MOUNT), section.required("username"), password(section));
            case "jwt" -> new VaultLogin.Jwt(mount(section, VaultLogin.Jwt.MOUNT), section.text("role"), jwt(section));
            case "kubernetes" ->
                new VaultLogin.Kubernetes(
                        mount(section, VaultLogin.Kubernetes.MOUNT),
                        section.required("role"),
                        section.file("tokenFile").orElse(VaultLogin.Kubernetes.TOKEN_FILE));
            case "certificate" ->
                new VaultLogin.Certificate(mount(section, VaultLogin.Certificate.MOUNT), section.text("name"));
            default -> awsIam(section);
        };
    }

    private static TextOrFile jwt(Section section) {
        Optional<TextOrFile> inVariable = section.variable("tokenVariable").map(TextOrFile.Asked::new);
        Optional<TextOrFile> given = VaultReader.textOrFile(section, "jwt", "jwtFile");
        if (inVariable.isPresent() && given.isPresent()) {
            throw section.malformed("tokenVariable", "the token is given in another way too", "keep one of them");
        }
        TextOrFile token = inVariable
                .or(() -> given)
                .orElseThrow(() ->
                        section.malformed("", "'jwt' is missing", "add it, jwtFile, or tokenVariable for an ID token"));
        return section.text("role").filter(BuildText::isIn).isEmpty()
                ? token
                : new TextOrFile.Asked(() -> {
                    throw section.malformed(
                            "role",
                            "it names the job of a build, and a run of this program is of none",
                            "write the role out, or give this program a configuration of its own");
                });
    }

    private static VaultLogin token(Section section) {
        TextOrFile token = VaultReader.requiredTextOrFile(section, "token", "tokenFile");
        return token instanceof TextOrFile.File file
                ? new VaultLogin.TokenFile(file.path())
                : new VaultLogin.Token(((TextOrFile.Text) token).value());
    }

    private static VaultLogin awsIam(Section section) {
        AwsLogin from =
                section.text("profile").<AwsLogin>map(AwsLogin.Profile::new).orElseGet(AwsLogin.DefaultChain::new);
        String region = section.text("region").orElse(VaultLogin.AwsIam.REGION);
        return new VaultLogin.AwsIam(
                mount(section, VaultLogin.AwsIam.MOUNT),
                section.text("role"),
                section.text("serverId"),
                region,
                section.address("stsEndpoint"),
                LoginCredentials.of(from, region));
    }

    private static SecretValue password(Section section) {
        return section.secret("password").orElseThrow(() -> missing(section, "password"));
    }

    private static String mount(Section section, String otherwise) {
        return section.text("mount").map(m -> m.replaceAll("^/+|/+$", "")).orElse(otherwise);
    }

    private static SecretException missing(Section section, String key) {
        return section.malformed("", "'" + key + "' is missing", "add it");
    }
}
