package io.jenkins.plugins.awssecrets.cli.config;

import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.source.vault.http.TextOrFile;
import io.jenkins.plugins.awssecrets.engine.source.vault.login.VaultLogin;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;

/** Reads {@code auth}: a map of one key, the method. */
final class VaultLoginReader {
    /** In Jenkins, what the environment says; so it is here without any method. */
    private static final String ENVIRONMENT = "environment";

    private static final List<String> METHODS = List.of(
            "token", "agent", "appRole", "userPass", "ldap", "jwt", "kubernetes", "certificate", "awsIam", ENVIRONMENT);

    /** Where each method has its secret, if not in a credential of Jenkins. */
    private static final Set<String> SECRETS =
            Set.of("token", "tokenFile", "secretId", "secretIdFile", "password", "jwt", "jwtFile", "profile");

    private final Section auth;

    VaultLoginReader(Section auth) {
        this.auth = auth;
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
            case "jwt" ->
                new VaultLogin.Jwt(
                        mount(section, VaultLogin.Jwt.MOUNT),
                        section.text("role"),
                        VaultReader.requiredTextOrFile(section, "jwt", "jwtFile"));
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

    private static VaultLogin token(Section section) {
        TextOrFile token = VaultReader.requiredTextOrFile(section, "token", "tokenFile");
        return token instanceof TextOrFile.File file
                ? new VaultLogin.TokenFile(file.path())
                : new VaultLogin.Token(((TextOrFile.Text) token).value());
    }

    private static VaultLogin awsIam(Section section) {
        Optional<String> profile = section.text("profile");
        AwsCredentialsProvider credentials = profile.isPresent()
                ? ProfileCredentialsProvider.create(profile.get())
                : DefaultCredentialsProvider.builder().build();
        return new VaultLogin.AwsIam(
                mount(section, VaultLogin.AwsIam.MOUNT),
                section.text("role"),
                section.text("serverId"),
                section.text("region").orElse(VaultLogin.AwsIam.REGION),
                section.address("stsEndpoint"),
                credentials);
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
