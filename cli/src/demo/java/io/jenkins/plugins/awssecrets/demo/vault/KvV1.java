package io.jenkins.plugins.awssecrets.demo.vault;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awssecrets.demo.seed.MountSeed;
import java.util.Map;
import java.util.TreeMap;

/** KV version 1; engines of other types that are read as they are answer in the same way. */
final class KvV1 implements Engine {
    private static final long LEASE_DURATION = 2_764_800;

    private final String type;
    private final Map<String, ObjectNode> secrets = new TreeMap<>();

    KvV1(MountSeed seed) {
        this.type = seed.type();
        ObjectMapper json = new ObjectMapper();
        seed.secrets().forEach(s -> secrets.put(s.path(), json.valueToTree(s.data())));
    }

    @Override
    public VaultReply answer(VaultRequest request, Token caller) {
        return switch (request.verb()) {
            case READ -> read(request.path());
            case LIST -> Keys.list(secrets.keySet(), request.path());
            case WRITE -> {
                secrets.put(request.path(), request.body());
                yield VaultReply.none();
            }
            case DELETE -> {
                secrets.remove(request.path());
                yield VaultReply.none();
            }
        };
    }

    private VaultReply read(String path) {
        ObjectNode data = secrets.get(path);
        if (data == null) {
            throw VaultError.notFound();
        }
        return VaultReply.leased(data, "", LEASE_DURATION, false);
    }

    @Override
    public ObjectNode describe() {
        ObjectNode node = VaultReply.object().put("type", type);
        if (type.equals("kv")) {
            node.putObject("options").put("version", "1");
        } else {
            node.putNull("options");
        }
        return node;
    }
}
