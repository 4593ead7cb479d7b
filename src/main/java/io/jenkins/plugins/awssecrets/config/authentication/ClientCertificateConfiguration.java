package io.jenkins.plugins.awssecrets.config.authentication;

import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.ListBoxModel;
import hudson.util.Secret;
import io.jenkins.plugins.awssecrets.config.forms.FormPlace;
import io.jenkins.plugins.awssecrets.config.forms.Given;
import io.jenkins.plugins.awssecrets.config.forms.Malformed;
import io.jenkins.plugins.awssecrets.engine.source.vault.http.ClientIdentity;
import io.jenkins.plugins.awssecrets.engine.source.vault.http.TextOrFile;
import java.util.Optional;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** The certificate that Vault's TLS listener is shown: a Jenkins certificate, or PEM texts or files. */
public final class ClientCertificateConfiguration extends AbstractDescribableImpl<ClientCertificateConfiguration> {
    private String credentialsId;
    private String certificate;
    private String certificateFile;
    private Secret privateKey;
    private String privateKeyFile;
    private Secret passphrase;

    @DataBoundConstructor
    public ClientCertificateConfiguration() {
        // All of it is set by setters.
    }

    public String getCredentialsId() {
        return credentialsId;
    }

    @DataBoundSetter
    public void setCredentialsId(String credentialsId) {
        this.credentialsId = Util.fixEmptyAndTrim(credentialsId);
    }

    public String getCertificate() {
        return certificate;
    }

    @DataBoundSetter
    public void setCertificate(String certificate) {
        this.certificate = Util.fixEmptyAndTrim(certificate);
    }

    public String getCertificateFile() {
        return certificateFile;
    }

    @DataBoundSetter
    public void setCertificateFile(String certificateFile) {
        this.certificateFile = Util.fixEmptyAndTrim(certificateFile);
    }

    public Secret getPrivateKey() {
        return privateKey;
    }

    @DataBoundSetter
    public void setPrivateKey(Secret privateKey) {
        this.privateKey = Given.secret(privateKey);
    }

    public String getPrivateKeyFile() {
        return privateKeyFile;
    }

    @DataBoundSetter
    public void setPrivateKeyFile(String privateKeyFile) {
        this.privateKeyFile = Util.fixEmptyAndTrim(privateKeyFile);
    }

    public Secret getPassphrase() {
        return passphrase;
    }

    /** Of an encrypted private key. */
    @DataBoundSetter
    public void setPassphrase(Secret passphrase) {
        this.passphrase = Given.secret(passphrase);
    }

    /** Whether nothing is set, as a form that was left empty has it. */
    public boolean isEmpty() {
        return credentialsId == null
                && certificate == null
                && certificateFile == null
                && privateKey == null
                && privateKeyFile == null
                && passphrase == null;
    }

    public void check() {
        Optional<TextOrFile> certificates = certificates();
        Optional<TextOrFile> key = key();
        if (credentialsId != null && (certificates.isPresent() || key.isPresent())) {
            throw Malformed.at("credentialsId", "a certificate or key is set as well", "keep one of the two");
        }
        if (credentialsId == null && certificates.isEmpty()) {
            throw Malformed.at("certificate", "it is missing", "add it, certificateFile or credentialsId");
        }
        if (credentialsId == null && pem().lacksKey()) {
            throw Malformed.at("privateKey", "it is missing", "add it, privateKeyFile or credentialsId");
        }
    }

    public ClientIdentity toIdentity(StoredCredentials stored) {
        return credentialsId == null ? pem() : stored.certificate(credentialsId);
    }

    private ClientIdentity.Pem pem() {
        return new ClientIdentity.Pem(certificates().orElseThrow(), key(), Given.value(passphrase));
    }

    private Optional<TextOrFile> certificates() {
        return Given.textOrFile(Given.text(certificate), "certificateFile", certificateFile);
    }

    private Optional<TextOrFile> key() {
        return Given.textOrFile(Given.value(privateKey), "privateKeyFile", privateKeyFile);
    }

    @Extension
    @Symbol("clientCertificate")
    public static final class DescriptorImpl extends Descriptor<ClientCertificateConfiguration> {
        @POST
        public ListBoxModel doFillCredentialsIdItems(@AncestorInPath Item place, @QueryParameter String credentialsId) {
            return new Choices(FormPlace.authorized(place)).certificates(credentialsId);
        }

        @Override
        public String getDisplayName() {
            return Messages.ClientCertificateConfiguration_DisplayName();
        }
    }
}
