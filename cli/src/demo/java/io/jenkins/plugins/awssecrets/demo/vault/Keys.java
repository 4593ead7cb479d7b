package io.jenkins.plugins.awssecrets.demo.vault;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.TreeSet;

/** A LIST: the keys one level below a path; those with more below end in a slash. */
final class Keys {
    private Keys() {}

    /** @throws VaultError 404 when there is none */
    static VaultReply list(Collection<String> paths, String below) {
        String prefix = below.isEmpty() ? "" : below + "/";
        TreeSet<String> keys = new TreeSet<>();
        for (String path : paths) {
            if (path.startsWith(prefix) && path.length() > prefix.length()) {
                int slash = path.indexOf('/', prefix.length());
                keys.add(slash < 0 ? path.substring(prefix.length()) : path.substring(prefix.length(), slash + 1));
            }
        }
        if (keys.isEmpty()) {
            throw VaultError.notFound();
        }
        ObjectNode data = VaultReply.object();
        ArrayNode list = data.putArray("keys");
        keys.forEach(list::add);
        return VaultReply.data(data);
    }
}
