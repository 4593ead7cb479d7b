package io.jenkins.plugins.awssecrets.config;

import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.util.Secret;
import io.jenkins.plugins.awssecrets.config.authentication.TokenAuth;
import io.jenkins.plugins.awssecrets.config.sources.SourceConfiguration;
import io.jenkins.plugins.awssecrets.config.sources.VaultConfiguration;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.structs.describable.DescribableParameter;

/**
 * Every source that takes something of the controller, generated from the descriptors: each kind, each login, each field
 * that names a file, a profile or a credential, and each login with none of them.
 */
final class BorrowedSources {
    static final String SYSTEM_ID = "canary-system";
    static final String PROFILE = "canary-profile";
    private static final String ROLE = "arn:aws:iam::123456789012:role/ci";

    /** Fields that name nothing of the controller. A new field of a source or a login has to be put in its place here. */
    private static final Set<String> HARMLESS = Set.of(
            "id",
            "namespace",
            "region",
            "mount",
            "role",
            "roleId",
            "roleArn",
            "name",
            "username",
            "serverId",
            "externalId",
            "sessionName",
            "caCertificate",
            "certificate",
            "accessKeyId",
            "ttl",
            "tokenRole",
            // For the command line alone: Jenkins does not read it.
            "tokenVariable");

    private final String address;
    private final Path file;

    /**
     * @param address where all of them lead
     * @param file what every field that names a file names
     */
    BorrowedSources(String address, Path file) {
        this.address = address;
        this.file = file;
    }

    /** An object of a form: its class and what is typed. */
    record Typed(Class<?> type, Map<String, Object> values) {
        JSONObject json() {
            JSONObject json =
                    new JSONObject().element("stapler-class", type.getName()).element("$class", type.getName());
            values.forEach((name, value) -> json.element(name, value instanceof Typed typed ? typed.json() : value));
            return json;
        }

        Object object() throws Exception {
            DescribableModel<?> model = new DescribableModel<>(type);
            Map<String, Object> arguments = new LinkedHashMap<>();
            for (Map.Entry<String, Object> value : values.entrySet()) {
                boolean secret = model.getParameter(value.getKey()).getErasedType() == Secret.class;
                Object plain = value.getValue() instanceof Typed typed ? typed.object() : value.getValue();
                arguments.put(value.getKey(), secret ? Secret.fromString((String) plain) : plain);
            }
            return model.instantiate(arguments, null);
        }

        Typed with(String name, Object value) {
            Map<String, Object> more = new LinkedHashMap<>(values);
            more.put(name, value);
            return new Typed(type, more);
        }
    }

    /** @param name says what it takes, for a message */
    record Variant(String name, Typed typed) {
        SourceConfiguration source() throws Exception {
            return (SourceConfiguration) typed.object();
        }

        Variant withId(String id) {
            return new Variant(name, typed.with("id", id));
        }
    }

    List<Variant> all() {
        List<Variant> all = new ArrayList<>();
        for (Descriptor<SourceConfiguration> kind : Jenkins.get().getDescriptorList(SourceConfiguration.class)) {
            for (Optional<String> own : takes(kind.clazz)) {
                Typed base = filled(kind.clazz, own, true);
                all.add(new Variant(named(kind.clazz, own), vault(base) ? base.with("auth", typedToken()) : base));
            }
            for (DescribableParameter nested : nested(kind.clazz)) {
                for (Class<?> type : types(nested)) {
                    for (Optional<String> own : takes(type)) {
                        for (boolean others : new boolean[] {true, false}) {
                            Typed base = filled(kind.clazz, Optional.empty(), true)
                                    .with(nested.getName(), filled(type, own, others));
                            all.add(new Variant(
                                    kind.clazz.getSimpleName() + "." + nested.getName() + "=" + named(type, own)
                                            + (others ? "" : " alone"),
                                    vault(base) && !nested.getName().equals("auth")
                                            ? base.with("auth", typedToken())
                                            : base));
                        }
                    }
                }
            }
        }
        return all;
    }

    private static boolean vault(Typed typed) {
        return typed.type() == VaultConfiguration.class;
    }

    private static String named(Class<?> type, Optional<String> own) {
        return type.getSimpleName() + own.map(name -> "." + name).orElse("");
    }

    /** A login of one's own, beside which something else is taken. */
    private Typed typedToken() {
        return new Typed(TokenAuth.class, Map.of("token", "hvs.own"));
    }

    /** The fields that name something of the controller, and none of them. */
    private static List<Optional<String>> takes(Class<?> type) {
        List<Optional<String>> takes = new ArrayList<>(List.of(Optional.empty()));
        for (DescribableParameter parameter : parameters(type)) {
            if (isTaking(parameter.getName()) && parameter.getErasedType() == String.class) {
                takes.add(Optional.of(parameter.getName()));
            }
        }
        return takes;
    }

    private static boolean isTaking(String name) {
        return name.equals("credentialsId") || name.equals("profile") || isFile(name);
    }

    private static boolean isFile(String name) {
        return name.toLowerCase(Locale.ROOT).endsWith("file");
    }

    private static boolean isAddress(String name) {
        return name.toLowerCase(Locale.ROOT).matches(".*(url|endpoint|address)");
    }

    /** @param others whether harmless fields are filled in too */
    private Typed filled(Class<?> type, Optional<String> own, boolean others) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (DescribableParameter parameter : parameters(type)) {
            String name = parameter.getName();
            if (parameter.getErasedType() != String.class) {
                continue;
            }
            if (isAddress(name)) {
                values.put(name, address);
            } else if (isTaking(name)) {
                if (own.filter(one -> one.equals(name) || isFile(one) && isFile(name))
                        .isPresent()) {
                    values.put(name, taken(name));
                }
            } else if (!HARMLESS.contains(name)) {
                throw new AssertionError(type.getSimpleName() + "." + name
                        + " is new: say here whether it names something of the controller");
            } else if (others || name.equals("region") || name.equals("id") || name.equals("roleArn")) {
                sample(name).ifPresent(text -> values.put(name, text));
            }
        }
        return new Typed(type, values);
    }

    private String taken(String name) {
        return switch (name) {
            case "credentialsId" -> SYSTEM_ID;
            case "profile" -> PROFILE;
            default -> file.toString();
        };
    }

    private static Optional<String> sample(String name) {
        return switch (name) {
            case "region" -> Optional.of("eu-west-1");
            case "roleArn" -> Optional.of(ROLE);
            case "id" -> Optional.of("canary");
            case "role", "roleId", "username" -> Optional.of("ci");
            default -> Optional.empty();
        };
    }

    private static List<DescribableParameter> nested(Class<?> type) {
        return parameters(type).stream()
                .filter(parameter -> Describable.class.isAssignableFrom(parameter.getErasedType()))
                .filter(parameter -> !parameter.getName().equals("filter"))
                .toList();
    }

    private static List<Class<?>> types(DescribableParameter nested) {
        List<Class<?>> types = new ArrayList<>();
        for (Descriptor<?> descriptor : Jenkins.get().getExtensionList(Descriptor.class)) {
            if (nested.getErasedType().isAssignableFrom(descriptor.clazz)) {
                types.add(descriptor.clazz);
            }
        }
        return types;
    }

    private static List<DescribableParameter> parameters(Class<?> type) {
        return new ArrayList<>(new DescribableModel<>(type).getParameters());
    }
}
