package io.jenkins.plugins.awssecrets.config.credentials;

import hudson.ExtensionList;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.awssecrets.config.forms.FieldCheck;
import io.jenkins.plugins.awssecrets.config.forms.FormPlace;
import io.jenkins.plugins.awssecrets.config.forms.FormTrials;
import io.jenkins.plugins.awssecrets.config.forms.Malformed;
import io.jenkins.plugins.awssecrets.engine.credential.DefinitionParser;
import io.jenkins.plugins.awssecrets.engine.credential.kind.CredentialKind;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** The descriptor of a kind of credential, with the checks of the fields that kinds have. */
public abstract class CredentialDescriptor extends Descriptor<CredentialConfiguration> {
    private final transient CredentialKind kind;

    protected CredentialDescriptor(CredentialKind kind) {
        this.kind = kind;
    }

    /** A kind as users know it. */
    public static String nameOf(CredentialKind kind) {
        return ExtensionList.lookup(CredentialDescriptor.class).stream()
                .filter(descriptor -> descriptor.kind == kind)
                .findFirst()
                .map(Descriptor::getDisplayName)
                .orElse(kind.symbol());
    }

    CredentialKind kind() {
        return kind;
    }

    /**
     * Fetches what the credential is made of and says from where and in which version, never a value.
     *
     * @param json the whole form as it is typed
     * @param index which of the form's credentials is meant, counted from 0
     */
    @POST
    public FormValidation doTry(
            StaplerRequest2 request,
            @AncestorInPath Item place,
            @QueryParameter String json,
            @QueryParameter int index) {
        return FormTrials.get().credential(request, FormPlace.authorized(place), json, index);
    }

    @POST
    public FormValidation doCheckId(@AncestorInPath Item place, @QueryParameter String value) {
        return FieldCheck.of(place, value, id -> {
            if (!DefinitionParser.isId(id)) {
                throw Malformed.at("id", "invalid character in the id", "use letters, digits and _ . @ + = / -");
            }
        });
    }

    @POST
    public FormValidation doCheckSecret(@AncestorInPath Item place, @QueryParameter String value) {
        return FieldCheck.ofCredential(place, kind, "secret", value);
    }

    @POST
    public FormValidation doCheckUsername(@AncestorInPath Item place, @QueryParameter String value) {
        return FieldCheck.ofCredential(place, kind, "username", value);
    }

    @POST
    public FormValidation doCheckPassword(@AncestorInPath Item place, @QueryParameter String value) {
        return FieldCheck.ofCredential(place, kind, "password", value);
    }

    @POST
    public FormValidation doCheckRegistry(@AncestorInPath Item place, @QueryParameter String value) {
        return FieldCheck.ofCredential(place, kind, "registry", value);
    }

    @POST
    public FormValidation doCheckEngine(@AncestorInPath Item place, @QueryParameter String value) {
        return FieldCheck.ofCredential(place, kind, "engine", value);
    }

    @POST
    public FormValidation doCheckHost(@AncestorInPath Item place, @QueryParameter String value) {
        return FieldCheck.ofCredential(place, kind, "host", value);
    }

    @POST
    public FormValidation doCheckPort(@AncestorInPath Item place, @QueryParameter String value) {
        return FieldCheck.ofCredential(place, kind, "port", value);
    }

    @POST
    public FormValidation doCheckDbname(@AncestorInPath Item place, @QueryParameter String value) {
        return FieldCheck.ofCredential(place, kind, "dbname", value);
    }

    @POST
    public FormValidation doCheckAccessKeyId(@AncestorInPath Item place, @QueryParameter String value) {
        return FieldCheck.ofCredential(place, kind, "accessKeyId", value);
    }

    @POST
    public FormValidation doCheckSecretAccessKey(@AncestorInPath Item place, @QueryParameter String value) {
        return FieldCheck.ofCredential(place, kind, "secretAccessKey", value);
    }

    @POST
    public FormValidation doCheckSessionToken(@AncestorInPath Item place, @QueryParameter String value) {
        return FieldCheck.ofCredential(place, kind, "sessionToken", value);
    }

    @POST
    public FormValidation doCheckRegion(@AncestorInPath Item place, @QueryParameter String value) {
        return FieldCheck.ofCredential(place, kind, "region", value);
    }

    @POST
    public FormValidation doCheckPrivateKey(@AncestorInPath Item place, @QueryParameter String value) {
        return FieldCheck.ofCredential(place, kind, "privateKey", value);
    }

    @POST
    public FormValidation doCheckPassphrase(@AncestorInPath Item place, @QueryParameter String value) {
        return FieldCheck.ofCredential(place, kind, "passphrase", value);
    }

    @POST
    public FormValidation doCheckKeyStore(@AncestorInPath Item place, @QueryParameter String value) {
        return FieldCheck.ofCredential(place, kind, "keyStore", value);
    }

    @POST
    public FormValidation doCheckFileName(@AncestorInPath Item place, @QueryParameter String value) {
        return FieldCheck.ofCredential(place, kind, "fileName", value);
    }

    @POST
    public FormValidation doCheckContent(@AncestorInPath Item place, @QueryParameter String value) {
        return FieldCheck.ofCredential(place, kind, "content", value);
    }

    @POST
    public FormValidation doCheckEncoding(@AncestorInPath Item place, @QueryParameter String value) {
        return FieldCheck.ofCredential(place, kind, "encoding", value);
    }

    @POST
    public FormValidation doCheckSsl(@AncestorInPath Item place, @QueryParameter String value) {
        return FieldCheck.ofCredential(place, kind, "ssl", value);
    }

    @POST
    public FormValidation doCheckClientKey(@AncestorInPath Item place, @QueryParameter String value) {
        return FieldCheck.ofCredential(place, kind, "clientKey", value);
    }

    @POST
    public FormValidation doCheckClientCertificate(@AncestorInPath Item place, @QueryParameter String value) {
        return FieldCheck.ofCredential(place, kind, "clientCertificate", value);
    }

    @POST
    public FormValidation doCheckServerCaCertificate(@AncestorInPath Item place, @QueryParameter String value) {
        return FieldCheck.ofCredential(place, kind, "serverCaCertificate", value);
    }

    @POST
    public FormValidation doCheckToken(@AncestorInPath Item place, @QueryParameter String value) {
        return FieldCheck.ofCredential(place, kind, "token", value);
    }

    @POST
    public FormValidation doCheckAppId(@AncestorInPath Item place, @QueryParameter String value) {
        return FieldCheck.ofCredential(place, kind, "appId", value);
    }

    @POST
    public FormValidation doCheckOwner(@AncestorInPath Item place, @QueryParameter String value) {
        return FieldCheck.ofCredential(place, kind, "owner", value);
    }

    @POST
    public FormValidation doCheckApiUri(@AncestorInPath Item place, @QueryParameter String value) {
        return FieldCheck.ofCredential(place, kind, "apiUri", value);
    }

    @POST
    public FormValidation doCheckFrom(@AncestorInPath Item place, @QueryParameter String value) {
        return FieldCheck.ofCredential(place, kind, "from", value);
    }
}
