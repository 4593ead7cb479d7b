package io.jenkins.plugins.awssecrets.engine.migration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awssecrets.engine.reference.MalformedReferenceException;
import io.jenkins.plugins.awssecrets.engine.reference.PercentEncoding;
import io.jenkins.plugins.awssecrets.engine.reference.Reference;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import java.util.Optional;
import java.util.Set;

/** A credential of the Vault plugin's whose value is in Vault. */
final class VaultStoredCredential {
    private static final Set<String> KINDS = Set.of(
            "vaultStringCredential",
            "vaultUsernamePasswordCredential",
            "vaultSSHUserPrivateKey",
            "vaultCertificateCredentials",
            "vaultFileCredential",
            "vaultGCRLogin");

    private final String kind;
    private final Original settings;

    VaultStoredCredential(String kind, Original settings) {
        this.kind = kind;
        this.settings = settings;
    }

    static boolean knows(String kind) {
        return KINDS.contains(kind);
    }

    void into(ObjectNode configuration) {
        // The plugin puts the path into a URL as it is, so that some are written percent-encoded.
        Optional<String> path =
                settings.text("path").map(PercentEncoding::decodedOrSame).map(p -> p.replaceAll("^/+|/+$", ""));
        Optional<String> id = settings.text("id");
        if (path.isEmpty() || id.isEmpty() || !isReference(path.get())) {
            settings.leftOut("", "its id or path is missing, or the path is not mount/path of a secret");
            return;
        }
        boolean data = path.get().matches("[^/]+/data/.*");
        if (data && settings.text("engineVersion").filter("1"::equals).isPresent()) {
            settings.leftOut(
                    "",
                    "its path is that of Vault's API, with data/; declare it with the path without data/, or with"
                            + " %64ata/ where a folder has that name");
            return;
        }
        if (kind.equals("vaultGCRLogin") || kind.equals("vaultFileCredential") && !settings.flag("useKey", false)) {
            settings.leftOut(
                    "", "it is made of the whole secret as JSON; declare a credential of the key that is needed");
            return;
        }
        ObjectNode written = configuration
                .withArrayProperty("credentials")
                .addObject()
                .putObject(symbol())
                .put("id", id.get());
        settings.text("description").ifPresent(text -> written.put("description", text));
        if (data) {
            settings.leftOut(
                    "path",
                    "data is written as a folder of that name; leave it out where the path of Vault's API was"
                            + " intended");
        }
        fields(written, path.get());
        settings.text("namespace")
                .ifPresent(n -> settings.leftOut("namespace", "a source has one namespace; make one for this"));
        scope(written);
        settings.text("prefixPath")
                .map(prefix -> prefix.replaceAll("^/+|/+$", "") + "/")
                .filter(prefix -> !path.get().startsWith(prefix))
                .ifPresent(prefix -> settings.leftOut(
                        "prefixPath",
                        "the path does not begin with it; check the mount in the credential's references"));
        settings.needless("prefixPath", "engineVersion", "scope", "fileName");
        settings.end();
    }

    /** Jenkins itself and its agents may be meant alone; the scope of one user is none that is known here. */
    private void scope(ObjectNode written) {
        String scope = settings.text("scope").orElse("GLOBAL");
        if (scope.equals("SYSTEM")) {
            written.put("scope", scope);
        } else if (!scope.equals("GLOBAL")) {
            settings.leftOut(
                    "scope", "only GLOBAL and SYSTEM exist here, so it is GLOBAL; declare it in a folder instead");
        }
    }

    private String symbol() {
        return switch (kind) {
            case "vaultStringCredential" -> "string";
            case "vaultUsernamePasswordCredential" -> "usernamePassword";
            case "vaultSSHUserPrivateKey" -> "sshKey";
            case "vaultCertificateCredentials" -> "certificate";
            default -> "file";
        };
    }

    private void fields(ObjectNode written, String path) {
        switch (kind) {
            case "vaultStringCredential" -> field(written, "secret", path, "vaultKey", "secret");
            case "vaultUsernamePasswordCredential" -> {
                field(written, "username", path, "usernameKey", "username");
                field(written, "password", path, "passwordKey", "password");
            }
            case "vaultSSHUserPrivateKey" -> sshKey(written, path);
            case "vaultCertificateCredentials" -> {
                field(written, "keyStore", path, "keyStoreKey", "keystore");
                field(written, "password", path, "passwordKey", "password");
            }
            default -> {
                settings.text("fileName").ifPresent(name -> written.put("fileName", name));
                field(written, "content", path, "vaultKey", "secret");
            }
        }
    }

    /** By its members where they have their usual names: then a passphrase may be missing. */
    private void sshKey(ObjectNode written, String path) {
        String username = settings.text("usernameKey").orElse("username");
        String privateKey = settings.text("privateKeyKey").orElse("private_key");
        String passphrase = settings.text("passphraseKey").orElse("passphrase");
        if (username.equals("username") && privateKey.equals("private_key") && passphrase.equals("passphrase")) {
            written.put(
                    "from",
                    Reference.of(VaultPlugin.SOURCE, path, Optional.empty()).toString());
            return;
        }
        field(written, "username", path, "usernameKey", "username");
        field(written, "privateKey", path, "privateKeyKey", "private_key");
        settings.text("passphraseKey").ifPresent(key -> field(written, "passphrase", path, "passphraseKey", key));
    }

    private void field(ObjectNode written, String field, String path, String setting, String usual) {
        String key = settings.text(setting).orElse(usual);
        written.put(
                field, Reference.of(VaultPlugin.SOURCE, path, Optional.of(key)).toString());
    }

    private static boolean isReference(String path) {
        try {
            Reference.of(VaultPlugin.SOURCE, path, Optional.empty()).checkFor(SourceKind.VAULT);
            return true;
        } catch (MalformedReferenceException e) {
            return false;
        }
    }
}
