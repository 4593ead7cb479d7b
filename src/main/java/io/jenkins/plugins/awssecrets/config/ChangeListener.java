package io.jenkins.plugins.awssecrets.config;

import com.cloudbees.hudson.plugins.folder.AbstractFolder;
import com.cloudbees.hudson.plugins.folder.properties.FolderCredentialsProvider.FolderCredentialsProperty;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.ProxyConfiguration;
import hudson.Util;
import hudson.XmlFile;
import hudson.model.Item;
import hudson.model.Items;
import hudson.model.Saveable;
import hudson.model.listeners.ItemListener;
import hudson.model.listeners.SaveableListener;
import io.jenkins.plugins.awssecrets.catalog.Catalog;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tells the catalog of changes elsewhere that change what sources are made of: a folder's property, its name and place,
 * the proxy, the credentials that sources log in with. Folders are saved often, so what did not change is not read again.
 */
@Extension
public final class ChangeListener extends SaveableListener {
    private final Map<String, String> seen = new ConcurrentHashMap<>();

    @Override
    public void onChange(Saveable changed, XmlFile file) {
        if (changed instanceof AbstractFolder<?> folder) {
            saved(folder);
        } else if (changed instanceof ProxyConfiguration || changed instanceof SystemCredentialsProvider) {
            Catalog.get().reload();
        }
    }

    private void saved(AbstractFolder<?> folder) {
        String now = declared(folder);
        String before = seen.put(folder.getFullName(), now);
        boolean changed =
                before == null ? !now.isEmpty() || Catalog.get().own(folder).isPresent() : !before.equals(now);
        if (changed) {
            Catalog.get().reload();
        }
    }

    /** Of what in the folder sources are made of, in it and below. Empty when there is nothing. */
    private static String declared(AbstractFolder<?> folder) {
        String all = Stream.of(AwsSecretsFolderProperty.class, FolderCredentialsProperty.class)
                .flatMap(type -> Optional.ofNullable(folder.getProperties().get(type)).stream())
                .map(Items.XSTREAM2::toXML)
                .collect(Collectors.joining());
        return all.isEmpty() ? "" : Util.getDigestOf(all);
    }

    private void gone(Item item) {
        seen.remove(item.getFullName());
        if (item instanceof AbstractFolder<?> folder
                && AwsSecretsFolderProperty.of(folder).isPresent()) {
            Catalog.get().reload();
        }
    }

    /** Folders that are made, renamed, moved or deleted. */
    @Extension
    public static final class OfItems extends ItemListener {
        @Override
        public void onCreated(Item item) {
            changed(item);
        }

        @Override
        public void onCopied(Item source, Item item) {
            changed(item);
        }

        @Override
        public void onUpdated(Item item) {
            changed(item);
        }

        @Override
        public void onDeleted(Item item) {
            ExtensionList.lookupSingleton(ChangeListener.class).gone(item);
        }

        @Override
        public void onLocationChanged(Item item, String oldFullName, String newFullName) {
            ChangeListener listener = ExtensionList.lookupSingleton(ChangeListener.class);
            listener.seen.remove(oldFullName);
            listener.gone(item);
        }

        private static void changed(Item item) {
            if (item instanceof AbstractFolder<?> folder) {
                ExtensionList.lookupSingleton(ChangeListener.class).saved(folder);
            }
        }
    }
}
