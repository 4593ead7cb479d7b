package io.jenkins.plugins.awssecrets.engine.source;

import io.jenkins.plugins.awssecrets.engine.identity.BuildIdentity;
import io.jenkins.plugins.awssecrets.engine.identity.BuildText;
import io.jenkins.plugins.awssecrets.engine.json.JsonTree;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A secret that nobody stores: a source makes it when it is read. It is addressed by a name that no reference that is
 * typed can have, so that it is reached through a declared credential alone.
 *
 * @param way such as {@code role}
 * @param settings what it is made of; none of it is secret
 */
public record Minting(String way, Map<String, String> settings) {
    /** No parameter, secret or path begins with it; the rules of references see to that. */
    public static final char MARK = '!';

    /** The member of what is made that says when it ends. */
    public static final String EXPIRATION = "expiration";

    /** The setting that may name a build's job or folder. */
    public static final String COMMON_NAME = "commonName";

    /** What a common name may be, and a name that is put in: at most the 64 characters of X.520. */
    public static final Pattern DNS_NAME =
            Pattern.compile("(?=.{1,64}$)[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*(@[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)*)?");

    public Minting {
        settings = Map.copyOf(settings);
    }

    /** The name that addresses it in a source. */
    public String name() {
        String texts = new TreeMap<>(settings)
                .entrySet().stream()
                        .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&"));
        return MARK + way + " " + texts;
    }

    /** Empty for what is stored. */
    public static Optional<Minting> of(Locator locator) {
        String name = locator.name();
        int blank = name.indexOf(' ');
        if (name.isEmpty() || name.charAt(0) != MARK || blank < 0) {
            return Optional.empty();
        }
        Map<String, String> settings = new TreeMap<>();
        for (String text : name.substring(blank + 1).split("&")) {
            int equals = text.indexOf('=');
            if (equals > 0) {
                settings.put(
                        text.substring(0, equals),
                        URLDecoder.decode(text.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return Optional.of(new Minting(name.substring(1, blank), settings));
    }

    /** Whether a name is that of something that is made when it is read. */
    public static boolean isName(String name) {
        return !name.isEmpty() && name.charAt(0) == MARK;
    }

    /** For people: {@code role arn:aws:iam::123456789012:role/deployer, made by source sm}. */
    String words(String source) {
        String what = Stream.of("roleArn", "registry", "host", "role", "commonName")
                .flatMap(name -> setting(name).stream())
                .findFirst()
                .map(text -> " " + text)
                .orElse("");
        return way + what + ", made by source " + source;
    }

    /** Whether what was read of it is good for who begins to use it now. */
    public boolean isFresh(SecretPayload payload, Instant now) {
        return renewal(payload).filter(due -> due.isAfter(now)).isPresent();
    }

    /** When it is to be made anew: in the middle of its life, so that there is time to try again. */
    public Optional<Instant> renewal(SecretPayload payload) {
        return payload.changed()
                .map(made -> made.plus(expiration(payload)
                        .map(end -> Duration.between(made, end).dividedBy(2))
                        .orElseGet(this::reusable)));
    }

    /** When it ends, where who made it said so. */
    public static Optional<Instant> expiration(SecretPayload payload) {
        return JsonTree.read(payload.value().bytes())
                .map(made -> made.path(EXPIRATION).asText(""))
                .filter(text -> !text.isEmpty())
                .map(Instant::parse);
    }

    /** A database token is good for 15 minutes; a session for what is set, mostly an hour; an ECR login as its session. */
    private Duration reusable() {
        return way.equals("rdsToken")
                ? Duration.ofMinutes(10)
                : setting("durationSeconds")
                        .map(Long::parseLong)
                        .map(Duration::ofSeconds)
                        .orElse(Duration.ofHours(1))
                        .dividedBy(2);
    }

    /** Whether it is for one block alone: a later one gets another. */
    public boolean isOfBlock() {
        return way.startsWith("vault");
    }

    /** The same for a build: settings that name its job or folder have that name. */
    public Minting of(BuildIdentity build) {
        Map<String, String> texts = new TreeMap<>(settings);
        texts.computeIfPresent(
                COMMON_NAME, (name, text) -> new BuildText(text).of(build, COMMON_NAME, DNS_NAME, DNS_NAME));
        return new Minting(way, texts);
    }

    public Optional<String> setting(String name) {
        return Optional.ofNullable(settings.get(name));
    }

    public String required(String name) {
        return settings.getOrDefault(name, "");
    }
}
