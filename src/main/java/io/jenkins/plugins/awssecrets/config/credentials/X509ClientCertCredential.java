package io.jenkins.plugins.awssecrets.config.credentials;

import hudson.Extension;
import hudson.Util;
import io.jenkins.plugins.awssecrets.engine.credential.kind.Kinds;
import java.util.Map;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** A declared credential of the kind {@code x509ClientCert}. */
public final class X509ClientCertCredential extends ObjectCredential {
    private String clientKey;
    private String clientCertificate;
    private String serverCaCertificate;

    @DataBoundConstructor
    public X509ClientCertCredential(String id) {
        super(id);
    }

    public String getClientKey() {
        return clientKey;
    }

    @DataBoundSetter
    public void setClientKey(String clientKey) {
        this.clientKey = Util.fixEmptyAndTrim(clientKey);
    }

    public String getClientCertificate() {
        return clientCertificate;
    }

    @DataBoundSetter
    public void setClientCertificate(String clientCertificate) {
        this.clientCertificate = Util.fixEmptyAndTrim(clientCertificate);
    }

    public String getServerCaCertificate() {
        return serverCaCertificate;
    }

    @DataBoundSetter
    public void setServerCaCertificate(String serverCaCertificate) {
        this.serverCaCertificate = Util.fixEmptyAndTrim(serverCaCertificate);
    }

    @Override
    Map<String, String> ownFields() {
        return fieldMap(
                "clientKey",
                clientKey,
                "clientCertificate",
                clientCertificate,
                "serverCaCertificate",
                serverCaCertificate);
    }

    @Extension
    @Symbol("x509ClientCert")
    public static final class DescriptorImpl extends CredentialDescriptor {
        public DescriptorImpl() {
            super(Kinds.X509_CLIENT_CERT);
        }

        @Override
        public String getDisplayName() {
            return Messages.X509ClientCertCredential_DisplayName();
        }
    }
}
