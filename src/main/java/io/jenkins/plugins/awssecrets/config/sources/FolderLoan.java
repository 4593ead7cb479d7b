package io.jenkins.plugins.awssecrets.config.sources;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.awssecrets.config.forms.FieldCheck;
import io.jenkins.plugins.awssecrets.config.forms.Malformed;
import io.jenkins.plugins.awssecrets.config.forms.ReadBack;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.rules.NamePattern;
import io.jenkins.plugins.awssecrets.engine.source.vault.http.VaultAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
        this.folders = lines(folders);
    }

    private Object readResolve() {
        folders = lines(folders);
        sources = lines(sources);
        roles = lines(roles);
        addresses = lines(addresses);
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
        this.sources = lines(sources);
    }

    public List<String> getRoles() {
        return List.copyOf(roles);
    }

    /** Patterns of AWS roles (ARNs) and Vault roles that their sources may take with the controller's identity. */
    @DataBoundSetter
    public void setRoles(List<String> roles) {
        this.roles = lines(roles);
    }

    public List<String> getAddresses() {
        return List.copyOf(addresses);
    }

    /** Addresses of the controller, without TLS, or of a Vault that is shown the controller's identity. */
    @DataBoundSetter
    public void setAddresses(List<String> addresses) {
        this.addresses = lines(addresses);
    }

    private static List<String> lines(List<String> texts) {
        return ReadBack.list(texts, String.class).stream()
                .flatMap(String::lines)
                .flatMap(line -> Stream.ofNullable(Util.fixEmptyAndTrim(line)))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    /** @throws SecretException whose subject is the key of the first setting that is wrong */
    public void check() {
        if (folders.isEmpty()) {
            throw Malformed.at("folders", "it is missing", "add the folders' names, such as payments/**");
        }
        each("folders", folders, FolderLoan::checkPattern);
        each("sources", sources, SourceConfiguration::checkId);
        each("roles", roles, FolderLoan::checkPattern);
        each("addresses", addresses, FolderLoan::checkAddress);
    }

    private static void each(String key, List<String> texts, Consumer<String> check) {
        for (int i = 0; i < texts.size(); i++) {
            try {
                check.accept(texts.get(i));
            } catch (SecretException e) {
                throw Malformed.at(key + "[" + i + "]", e.reason(), e.fix());
            }
        }
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
            return checkLines(place, value, FolderLoan::checkPattern);
        }

        @POST
        public FormValidation doCheckSources(@AncestorInPath Item place, @QueryParameter String value) {
            return checkLines(place, value, SourceConfiguration::checkId);
        }

        @POST
        public FormValidation doCheckRoles(@AncestorInPath Item place, @QueryParameter String value) {
            return checkLines(place, value, FolderLoan::checkPattern);
        }

        @POST
        public FormValidation doCheckAddresses(@AncestorInPath Item place, @QueryParameter String value) {
            return checkLines(place, value, FolderLoan::checkAddress);
        }

        private static FormValidation checkLines(Item place, String text, Consumer<String> check) {
            return FieldCheck.of(
                    place, text, all -> FolderLoan.lines(List.of(all)).forEach(check));
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.FolderLoan_DisplayName();
        }
    }
}
