package io.jenkins.plugins.awssecrets.config.sources;

import com.cloudbees.hudson.plugins.folder.AbstractFolder;
import com.cloudbees.hudson.plugins.folder.properties.FolderCredentialsProvider.FolderCredentialsProperty;
import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.common.IdCredentials;
import com.thoughtworks.xstream.XStream;
import com.thoughtworks.xstream.converters.SingleValueConverter;
import hudson.Util;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.util.Secret;
import hudson.util.XStream2;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.crypto.KeyGenerator;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import jenkins.model.Jenkins;

/**
 * A digest of all that a source is made of: its settings, the credentials in Jenkins' and the folders' own stores that it
 * logs in with, and the proxy. The same after a save or a reload that changes none of it, which the encrypted forms of
 * secrets are not. Good for this process alone, as secrets go into it by a key that is made anew at each start.
 */
final class SettingsDigest {
    private static final XStream2 XML = xml(new SecretDigest());
    private static final XStream2 WITHOUT_SECRETS = xml(new NoSecret());

    private SettingsDigest() {}

    private static XStream2 xml(SingleValueConverter secrets) {
        XStream2 xml = new XStream2();
        xml.registerConverter(secrets, XStream.PRIORITY_VERY_HIGH);
        // Who may use it is no part of what it is made of.
        xml.omitField(SourceConfiguration.class, "allow");
        return xml;
    }

    /** A digest of the settings alone, which is the same after a restart. */
    static String withoutSecrets(SourceConfiguration source) {
        return Util.getDigestOf(WITHOUT_SECRETS.toXML(source));
    }

    /**
     * @param place whose source it is, with what it was lent
     * @return empty where it cannot be known what the source is made of: a credential is kept by another plugin, which
     *     may have changed it unnoticed
     */
    static Optional<String> of(SourceConfiguration source, SourcePlace place) {
        Set<String> ids = source.storedCredentials();
        List<Credentials> stored = stored(ids, place.group());
        long found = stored.stream()
                .map(credentials -> ((IdCredentials) credentials).getId())
                .distinct()
                .count();
        return found < ids.size() ? Optional.empty() : Optional.of(digest(List.of(source, place.loan()), stored));
    }

    /** Of a source that is made of the environment, which does not change. */
    static String ofDefault(String id) {
        return digest(id, List.of());
    }

    private static String digest(Object settings, List<Credentials> stored) {
        List<Object> all = new ArrayList<>(stored);
        all.add(settings);
        Optional.ofNullable(Jenkins.get().getProxy()).ifPresent(all::add);
        return Util.getDigestOf(XML.toXML(all));
    }

    private static List<Credentials> stored(Set<String> ids, ItemGroup<?> place) {
        if (ids.isEmpty()) {
            return List.of();
        }
        List<Credentials> all = new ArrayList<>();
        for (ItemGroup<?> at = place; at instanceof Item item; at = item.getParent()) {
            if (at instanceof AbstractFolder<?> folder) {
                Optional.ofNullable(folder.getProperties().get(FolderCredentialsProperty.class))
                        .ifPresent(own -> add(own.getDomainCredentialsMap(), ids, all));
            }
        }
        add(SystemCredentialsProvider.getInstance().getDomainCredentialsMap(), ids, all);
        return all;
    }

    private static void add(
            Map<?, ? extends Collection<Credentials>> domains, Set<String> ids, List<Credentials> found) {
        domains.values().stream()
                .flatMap(Collection::stream)
                .filter(one -> one instanceof IdCredentials known && ids.contains(known.getId()))
                .forEach(found::add);
    }

    /** Any secret is the same text: at each start it is encrypted to another one. */
    private static class NoSecret implements SingleValueConverter {
        @Override
        public boolean canConvert(Class type) {
            return type == Secret.class;
        }

        @Override
        public String toString(Object secret) {
            return "";
        }

        @Override
        public Object fromString(String text) {
            throw new UnsupportedOperationException("No secret comes out of a digest");
        }
    }

    /** The same secret is the same text, whatever it was encrypted to. */
    private static final class SecretDigest extends NoSecret {
        private final SecretKey key;

        SecretDigest() {
            try {
                key = KeyGenerator.getInstance("HmacSHA256").generateKey();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("Every Java platform has HmacSHA256", e);
            }
        }

        @Override
        public String toString(Object secret) {
            try {
                Mac mac = Mac.getInstance("HmacSHA256");
                mac.init(key);
                return HexFormat.of()
                        .formatHex(mac.doFinal(((Secret) secret).getPlainText().getBytes(StandardCharsets.UTF_8)));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("Every Java platform has HmacSHA256", e);
            }
        }
    }
}
