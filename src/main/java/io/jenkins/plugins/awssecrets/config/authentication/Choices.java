package io.jenkins.plugins.awssecrets.config.authentication;

import com.cloudbees.plugins.credentials.CredentialsNameProvider;
import com.cloudbees.plugins.credentials.common.StandardCertificateCredentials;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import hudson.Util;
import hudson.util.ComboBoxModel;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.awssecrets.config.forms.FormPlace;
import java.util.List;
import java.util.stream.Stream;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import software.amazon.awssdk.regions.Region;

/** What the drop-downs of our forms offer: of credentials, those that Jenkins itself keeps. */
public final class Choices {
    private final StoredCredentials stored;

    public Choices(FormPlace place) {
        this.stored = new StoredCredentials(place.group());
    }

    /** The regions that the SDK knows; others can be typed. */
    public static ComboBoxModel regions() {
        return new ComboBoxModel(Region.regions().stream()
                .filter(region -> !region.isGlobalRegion())
                .map(Region::id)
                .sorted()
                .toList());
    }

    public ListBoxModel aws(String chosen) {
        Stream<StandardCredentials> keys = AwsPlugin.isThere() ? all(AwsPlugin.type()) : Stream.empty();
        ListBoxModel box = box(chosen, Stream.concat(keys, all(StandardUsernamePasswordCredentials.class)));
        box.get(0).name = Messages.Choices_DefaultChain();
        return box;
    }

    ListBoxModel usernamePasswords(String chosen) {
        return box(chosen, all(StandardUsernamePasswordCredentials.class));
    }

    ListBoxModel texts(String chosen) {
        return box(chosen, all(StringCredentials.class));
    }

    ListBoxModel textsAndUsernamePasswords(String chosen) {
        return box(chosen, Stream.concat(all(StringCredentials.class), all(StandardUsernamePasswordCredentials.class)));
    }

    ListBoxModel certificates(String chosen) {
        return box(chosen, all(StandardCertificateCredentials.class));
    }

    private Stream<StandardCredentials> all(Class<? extends StandardCredentials> type) {
        return stored.all(type).stream().map(StandardCredentials.class::cast);
    }

    private static ListBoxModel box(String chosen, Stream<StandardCredentials> credentials) {
        StandardListBoxModel box = new StandardListBoxModel();
        box.includeEmptyValue();
        List<StandardCredentials> sorted = credentials.distinct().toList();
        sorted.forEach(one -> box.add(named(one), one.getId()));
        String current = Util.fixNull(chosen);
        if (box.stream().noneMatch(option -> option.value.equals(current))) {
            box.add(current + " (not found)", current);
        }
        return box;
    }

    /** With the id, which is what the configuration as code and the errors name. */
    private static String named(StandardCredentials credentials) {
        String name = CredentialsNameProvider.name(credentials);
        return name.contains(credentials.getId()) ? name : credentials.getId() + " (" + name + ")";
    }
}
