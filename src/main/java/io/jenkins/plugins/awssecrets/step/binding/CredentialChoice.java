package io.jenkins.plugins.awssecrets.step.binding;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import hudson.Util;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.awssecrets.catalog.Catalog;
import io.jenkins.plugins.awssecrets.engine.credential.kind.CredentialKind;
import java.time.Duration;
import jenkins.model.Jenkins;

/** The list of credential ids in a form. */
final class CredentialChoice {
    private CredentialChoice() {}

    /** The ids for who may configure the item or use its credentials; for others what is chosen already, alone. */
    static ListBoxModel items(Item item, CredentialKind kind, String chosen) {
        ListBoxModel items = new ListBoxModel();
        String current = Util.fixNull(chosen);
        if (!allowed(item)) {
            return items.add(current);
        }
        ItemGroup<?> place = Jenkins.get();
        if (item instanceof ItemGroup<?> group) {
            place = group;
        } else if (item != null) {
            place = item.getParent();
        }
        Catalog.get().in(place).entries(Duration.ZERO).stream()
                .filter(entry -> !entry.system() && entry.definition().kind() == kind)
                .map(entry -> entry.definition().id())
                .sorted()
                .forEach(items::add);
        if (!current.isEmpty() && items.stream().noneMatch(option -> option.value.equals(current))) {
            items.add(current);
        }
        return items;
    }

    private static boolean allowed(Item item) {
        if (item == null) {
            return Jenkins.get().hasPermission(Jenkins.ADMINISTER);
        }
        return item.hasPermission(Item.EXTENDED_READ) || item.hasPermission(CredentialsProvider.USE_ITEM);
    }
}
