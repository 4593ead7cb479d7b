package io.jenkins.plugins.awssecrets.step.binding;

import hudson.Extension;
import io.jenkins.plugins.awssecrets.engine.credential.kind.CredentialKind;
import io.jenkins.plugins.awssecrets.engine.credential.kind.Kinds;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** Binds {@code _CERT_PATH} to a private directory with {@code key.pem}, {@code cert.pem} and {@code ca.pem}, and {@code _TLS_VERIFY}. */
public final class X509ClientCertBinding extends CredentialBinding {
    private static final long serialVersionUID = 1L;

    @DataBoundConstructor
    public X509ClientCertBinding(String credentialsId) {
        super(credentialsId);
    }

    @Override
    CredentialKind kind() {
        return Kinds.X509_CLIENT_CERT;
    }

    @Extension
    @Symbol("x509ClientCert")
    public static final class DescriptorImpl extends CredentialBindingDescriptor {
        public DescriptorImpl() {
            super(Kinds.X509_CLIENT_CERT);
        }

        @Override
        public String getDisplayName() {
            return "X.509 client certificate for Docker";
        }
    }
}
