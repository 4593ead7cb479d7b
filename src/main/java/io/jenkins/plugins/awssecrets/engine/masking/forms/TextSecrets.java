package io.jenkins.plugins.awssecrets.engine.masking.forms;

import io.jenkins.plugins.awssecrets.engine.masking.forms.family.Lines;
import io.jenkins.plugins.awssecrets.engine.masking.plain.PlainValues;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The secrets in a text that is no JSON: settings of any kind (dotenv, YAML, INI, properties, {@code .npmrc}, XML,
 * connection strings), {@code .netrc}, {@code .pgpass}, URLs with a password. Read leniently, to mask what is found: the
 * values of names that say that they are secret, and values that look random.
 */
final class TextSecrets {
    /** Shorter values are words. */
    private static final int SHORTEST = 8;

    /** Longer texts are no settings. */
    private static final int LONGEST = 256 * 1024;

    /** A value that nobody calls a secret has to be longer. */
    private static final int SHORTEST_RANDOM = 20;

    private static final Pattern SECRET_NAME = Pattern.compile(
            "pass(word|wd|phrase)?$|pwd$|secret|token|credential|private.?key|api.?key|access.?key|(^|[._-])key$|key.?data$|(^|[._-])auth$|auth.?token",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern SETTING = Pattern.compile(
            "(?:^|[\\s;,{\\[?&:])[\"']?([A-Za-z_][A-Za-z0-9_. -]{0,63}?)[\"']?[ \\t]*+[:=][ \\t]*+", Pattern.MULTILINE);

    /** Without quotes in a mapping such as {@code {token: abc}}, where a value has none of these marks (YAML 1.2, 7.3.3). */
    private static final Pattern FLOW_VALUE = Pattern.compile("([^{}\\[\\],]+)[}\\]]");

    private static final Pattern ELEMENT = Pattern.compile("<([A-Za-z_.-]{1,64})>([^<\\n]+)</\\1>");
    private static final Pattern NETRC = Pattern.compile("\\bpassword[ \\t]+(\\S+)");
    private static final Pattern PGPASS =
            Pattern.compile("^[^:\\s#]+:(?:\\d+|\\*):[^:\\n]*:(?:[^:\\n\\\\]|\\\\.)*+:(.+)$", Pattern.MULTILINE);
    private static final Pattern URL = Pattern.compile(
            "(?<![A-Za-z0-9+.-])[A-Za-z][A-Za-z0-9+.-]*+://[^/\\s:@'\"]*:([^/\\s@'\"]+)@", Pattern.MULTILINE);

    private static final Pattern WORDLIKE = Pattern.compile("[A-Za-z]*|[0-9.:/-]*|[a-z0-9]++(?:[-._/][a-z0-9]++)*+");

    private final Set<String> found = new LinkedHashSet<>();

    private TextSecrets() {}

    /** Those of a text; none where the text is one value, or none of these kinds. */
    static Set<String> of(String text) {
        if (text.length() > LONGEST) {
            return Set.of();
        }
        TextSecrets secrets = new TextSecrets();
        Matcher url = URL.matcher(text);
        while (url.find()) {
            secrets.add(url.group(1));
            secrets.add(percentDecoded(url.group(1)));
        }
        if (Lines.armour(text).isEmpty()) {
            secrets.settings(text);
            all(NETRC, text, 1, secrets);
            all(PGPASS, text, 1, secrets);
            Matcher element = ELEMENT.matcher(text);
            while (element.find()) {
                secrets.setting(element.group(1), unescaped(element.group(2)));
            }
        }
        secrets.found.remove(text.strip());
        return secrets.found;
    }

    private void settings(String text) {
        Matcher setting = SETTING.matcher(text);
        int open = 0;
        int counted = 0;
        while (setting.find()) {
            String value = value(text, setting.end());
            setting(setting.group(1), value);
            open += open(text, counted, setting.start(1));
            counted = setting.start(1);
            Matcher flow = FLOW_VALUE.matcher(value);
            if (open > 0 && flow.lookingAt()) {
                setting(setting.group(1), flow.group(1));
            }
        }
    }

    /** How many more braces and brackets are opened than closed. */
    private static int open(String text, int from, int until) {
        int open = 0;
        for (int at = from; at < until; at++) {
            char c = text.charAt(at);
            open += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
        }
        return open;
    }

    private static void all(Pattern pattern, String text, int group, TextSecrets into) {
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            into.add(matcher.group(group));
        }
    }

    private void setting(String name, String value) {
        boolean named =
                SECRET_NAME.matcher(name.strip().toLowerCase(Locale.ROOT)).find();
        if (named || value.length() >= SHORTEST_RANDOM && looksRandom(value) && !PlainValues.isPlain(name, value)) {
            add(value);
        }
    }

    private void add(String value) {
        String stripped = value.strip();
        if (stripped.length() >= SHORTEST && !WORDLIKE.matcher(stripped).matches()) {
            found.add(stripped);
        }
    }

    /** Letters of both cases and digits in one word. */
    private static boolean looksRandom(String value) {
        return value.chars().noneMatch(Character::isWhitespace)
                && !value.contains("://")
                && value.chars().anyMatch(Character::isUpperCase)
                && value.chars().anyMatch(Character::isLowerCase)
                && value.chars().anyMatch(Character::isDigit);
    }

    /** The value that begins here: up to the quote that closes it, else to the end of the line or a separator. */
    private static String value(String text, int from) {
        char quote = from < text.length() ? text.charAt(from) : '\n';
        char close = quote == '{' ? '}' : quote;
        boolean quoted = quote == '"' || quote == '\'' || quote == '{';
        StringBuilder value = new StringBuilder();
        for (int at = quoted ? from + 1 : from; at < text.length() && text.charAt(at) != '\n'; at++) {
            char c = text.charAt(at);
            if (quoted && c == '\\' && quote == '"' && at + 1 < text.length()) {
                value.append(c).append(text.charAt(++at));
            } else if (quoted && c == close) {
                if (quote == '"' || at + 1 == text.length() || text.charAt(at + 1) != close) {
                    return value.toString();
                }
                value.append(quote == '{' ? "}}" : "'");
                at++;
            } else if (!quoted && (c == ';' || c == ',' || c == '&')) {
                break;
            } else {
                value.append(c);
            }
        }
        return value.toString();
    }

    private static String percentDecoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    private static String unescaped(String text) {
        return text.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&apos;", "'")
                .replace("&amp;", "&");
    }
}
