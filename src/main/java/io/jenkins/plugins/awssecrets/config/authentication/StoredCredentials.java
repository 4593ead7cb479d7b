package io.jenkins.plugins.awssecrets.config.authentication;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.IdCredentials;
import com.cloudbees.plugins.credentials.common.StandardCertificateCredentials;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import hudson.ExtensionList;
import hudson.model.ItemGroup;
import hudson.security.ACL;
import hudson.util.Secret;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.source.MachineUse;
import io.jenkins.plugins.awssecrets.engine.source.aws.AwsLogin;
import io.jenkins.plugins.awssecrets.engine.source.vault.http.ClientIdentity;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/**
 * The credentials that Jenkins itself keeps, and that a source logs in with. Our own provider is left out: it would ask
 * the source that is just being made. SYSTEM credentials are found for the sources of Jenkins itself and never for those
 * of a folder.
 */
public final class StoredCredentials {
    private static final String OURS = "io.jenkins.plugins.awssecrets.";

    private final ItemGroup<?> place;
    private final Consumer<MachineUse> lender;

    /** @param place whose source it is: Jenkins itself or a folder */
    public StoredCredentials(ItemGroup<?> place) {
        this(place, use -> {
            throw new IllegalStateException("Nothing is lent to who only chooses credentials: " + use.what());
        });
    }

    /** @param lender refuses what belongs to the controller and was not lent to the place */
    public StoredCredentials(ItemGroup<?> place, Consumer<MachineUse> lender) {
        this.place = place;
        this.lender = lender;
    }

    /** @throws SecretException where the use was not lent to the place */
    public void admit(MachineUse use) {
        lender.accept(use);
    }

    /** Full name of the folder whose source it is; empty for Jenkins itself. */
    public String place() {
        return place.getFullName();
    }

    /** Whether a source in the place may turn to what the controller has. */
    public boolean ofJenkins() {
        return place instanceof Jenkins;
    }

    /** All of a type, for a drop-down. */
    <C extends StandardCredentials> List<C> all(Class<C> type) {
        return stream(type).toList();
    }

    private <C extends IdCredentials> Stream<C> stream(Class<C> type) {
        return ExtensionList.lookup(CredentialsProvider.class).stream()
                .filter(provider -> !provider.getClass().getName().startsWith(OURS))
                .filter(provider -> provider.isEnabled(Jenkins.get()))
                .flatMap(provider -> provider.getCredentialsInItemGroup(type, place, ACL.SYSTEM2, List.of()).stream());
    }

    SecretValue text(String id) {
        return secret(find(StringCredentials.class, "secret text", id).getSecret());
    }

    UsernamePassword usernamePassword(String id) {
        StandardUsernamePasswordCredentials found =
                find(StandardUsernamePasswordCredentials.class, "username with password", id);
        return new UsernamePassword(found.getUsername(), secret(found.getPassword()));
    }

    /** The text of a secret text, or the password of a user name with password. */
    SecretValue textOrPassword(String id) {
        return findIn(StandardUsernamePasswordCredentials.class, id)
                .map(found -> secret(found.getPassword()))
                .orElseGet(() -> text(id));
    }

    ClientIdentity certificate(String id) {
        StandardCertificateCredentials found = find(StandardCertificateCredentials.class, "certificate", id);
        return new ClientIdentity.Store(found.getKeyStore(), secret(found.getPassword()));
    }

    /** AWS credentials, or a user name with password that holds an access key. */
    public AwsLogin aws(String id) {
        if (AwsPlugin.isThere()) {
            Optional<AwsLogin> found = AwsPlugin.login(all(AwsPlugin.type()), id);
            if (found.isPresent()) {
                return found.get();
            }
        }
        UsernamePassword key = usernamePassword(id);
        return new AwsLogin.StaticKeys(key.username(), key.password(), Optional.empty());
    }

    private <C extends IdCredentials> C find(Class<C> type, String what, String id) {
        return findIn(type, id)
                .orElseThrow(() -> new SecretException(
                        Problem.UNAUTHENTICATED,
                        "Jenkins credential '" + id + "'",
                        "there is no " + what + " of that id"
                                + (place instanceof Jenkins ? "" : " in the folder or above"),
                        "add it, or name another"));
    }

    private <C extends IdCredentials> Optional<C> findIn(Class<C> type, String id) {
        return stream(type).filter(c -> c.getId().equals(id)).findFirst();
    }

    private static SecretValue secret(Secret secret) {
        return SecretValue.of(secret.getPlainText());
    }

    record UsernamePassword(String username, SecretValue password) {}
}
