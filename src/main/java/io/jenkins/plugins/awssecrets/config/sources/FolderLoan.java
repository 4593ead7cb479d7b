package io.jenkins.plugins.awssecrets.config.sources;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.awssecrets.config.forms.FieldCheck;
import io.jenkins.plugins.awssecrets.config.forms.Lines;
import io.jenkins.plugins.awssecrets.config.forms.Malformed;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.rules.NamePattern;
import io.jenkins.plugins.awssecrets.engine.source.vault.http.VaultAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** What of the controller some folders may use. A form has each list as lines of one text. */
public final class FolderLoan extends AbstractDescribableImpl<FolderLoan> {
    private List<String> folders;
    private List<String> sources = new ArrayList<>();
    private List<String> roles = new ArrayList<>();
    private List<String> addresses = new ArrayList<>();

    /** @param folders patterns of full names; {@code payments/**} is the folder and all that is in it */
    @DataBoundConstructor
    public FolderLoan(List<String> folders) {
        this.folders = Lines.of(folders);
    }

    private Object readResolve() {
        folders = Lines.of(folders);
        sources = Lines.of(sources);
        roles = Lines.of(roles);
        addresses = Lines.of(addresses);
        return this;
    }

    public List<String> getFolders() {
        return List.copyOf(folders);
    }

    public List<String> getSources() {
        return List.copyOf(sources);
    }

    /** Ids of sources of Jenkins that credentials of these folders may refer to. */
    @DataBoundSetter
    public void setSources(List<String> sources) {
        this.sources = Lines.of(sources);
    }

    public List<String> getRoles() {
        return List.copyOf(roles);
    }

    /** Patterns of AWS roles (ARNs) and Vault roles that their sources may take with the controller's identity. */
    @DataBoundSetter
    public void setRoles(List<String> roles) {
        this.roles = Lines.of(roles);
    }

    public List<String> getAddresses() {
        return List.copyOf(addresses);
    }

    /** Addresses of the controller, without TLS, or of a Vault that is shown the controller's identity. */
    @DataBoundSetter
    public void setAddresses(List<String> addresses) {
        this.addresses = Lines.of(addresses);
    }

    /** @throws SecretException whose subject is the key of the first setting that is wrong */
    public void check() {
        if (folders.isEmpty()) {
            throw Malformed.at("folders", "it is missing", "add the folders' names, such as payments/**");
        }
        Lines.each("folders", folders, FolderLoan::checkPattern);
        Lines.each("sources", sources, SourceConfiguration::checkId);
        Lines.each("roles", roles, FolderLoan::checkPattern);
        Lines.each("addresses", addresses, FolderLoan::checkAddress);
    }

    private static void checkPattern(String text) {
        NamePattern.parse(text, List.of());
    }

    private static void checkAddress(String text) {
        if (VaultAddress.parse(text).filter(VaultAddress::isOfSocket).isEmpty()) {
            URI url = Malformed.address("addresses", text);
            if (!url.getPath().isEmpty() && !url.getPath().equals("/")) {
                throw Malformed.at("addresses", "the address has a path", "write https://host:port alone");
            }
        }
    }

    @Extension
    public static final class DescriptorImpl extends Descriptor<FolderLoan> {
        /** Lines of a list, for a form's text. */
        public String lines(List<String> texts) {
            return texts == null ? "" : String.join("\n", texts);
        }

        @POST
        public FormValidation doCheckFolders(@AncestorInPath Item place, @QueryParameter String value) {
            return FieldCheck.ofLines(place, value, FolderLoan::checkPattern);
        }

        @POST
        public FormValidation doCheckSources(@AncestorInPath Item place, @QueryParameter String value) {
            return FieldCheck.ofLines(place, value, SourceConfiguration::checkId);
        }

        @POST
        public FormValidation doCheckRoles(@AncestorInPath Item place, @QueryParameter String value) {
            return FieldCheck.ofLines(place, value, FolderLoan::checkPattern);
        }

        @POST
        public FormValidation doCheckAddresses(@AncestorInPath Item place, @QueryParameter String value) {
            return FieldCheck.ofLines(place, value, FolderLoan::checkAddress);
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.FolderLoan_DisplayName();
        }
    }
}
