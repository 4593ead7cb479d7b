package io.jenkins.plugins.awssecrets.engine.source.vault.login;

import io.jenkins.plugins.awssecrets.engine.source.vault.http.TextOrFile;
import io.jenkins.plugins.awssecrets.engine.source.vault.http.VaultClient;
import io.jenkins.plugins.awssecrets.engine.source.vault.session.LoginMethod;
import java.time.Clock;

/** Makes the login method that the configuration names. */
public final class LoginMethods {
    private LoginMethods() {}

    public static LoginMethod of(VaultLogin login, VaultClient client, Clock clock) {
        LoginCall call = new LoginCall(client, clock);
        String subject = client.subject();
        if (login instanceof VaultLogin.Token token) {
            return new TokenLogin(TextOrFile.of(token.token()), client, clock);
        } else if (login instanceof VaultLogin.EnvironmentToken token) {
            return new TokenLogin(TextOrFile.of(token.token()), client, clock);
        } else if (login instanceof VaultLogin.TokenFile file) {
            return new TokenLogin(TextOrFile.of(file.file()), client, clock);
        } else if (login instanceof VaultLogin.AppRole role) {
            return new AppRoleLogin(role, call, new SecretIdUnwrapping(client), subject);
        } else if (login instanceof VaultLogin.UserPass user) {
            return PasswordLogin.of(user, call);
        } else if (login instanceof VaultLogin.Ldap user) {
            return PasswordLogin.of(user, call);
        } else if (login instanceof VaultLogin.Jwt jwt) {
            return new JwtLogin(jwt, call, subject);
        } else if (login instanceof VaultLogin.BuildJwt) {
            return new NoLogin(subject);
        } else if (login instanceof VaultLogin.Kubernetes pod) {
            return new KubernetesLogin(pod, call, subject);
        } else if (login instanceof VaultLogin.Certificate certificate) {
            return new CertificateLogin(certificate, call);
        } else if (login instanceof VaultLogin.AwsIam iam) {
            return new AwsIamLogin(iam, call, clock, subject);
        }
        return new AgentLogin(clock);
    }
}
