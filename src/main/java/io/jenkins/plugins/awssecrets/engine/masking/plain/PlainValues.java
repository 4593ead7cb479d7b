package io.jenkins.plugins.awssecrets.engine.masking.plain;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which values of named settings are plainly no secrets, so that a log may show them: hosts, regions, ARNs, URLs without
 * a password, words. In doubt a value is none of them.
 */
public final class PlainValues {
    private static final int LONGEST = 300;

    private static final Pattern REGION = Pattern.compile("[a-z]{2}(-[a-z]{3,10}){1,2}-\\d");

    private static final Pattern ARN =
            Pattern.compile("arn:aws[a-z-]*:[a-z0-9-]+:[a-z0-9-]*:(\\d{12})?:[\\w+=,.@:/*-]+");

    private static final Pattern ENGINE = Pattern.compile(
            "aurora(-\\w+)?|(custom-)?oracle(-[a-z0-9]{2,4}){1,2}|(custom-)?sqlserver(-[a-z]{2,3})?|postgres(ql)?|mysql|mariadb"
                    + "|mongodb|docdb|redshift(-serverless)?|db2(-[a-z]{2})?|neptune|cassandra|sap-?hana|snowflake");

    private static final Pattern DATE =
            Pattern.compile("\\d{4}-\\d{2}-\\d{2}([T ]\\d{2}:\\d{2}(:\\d{2}(\\.\\d+)?)?(Z|[+-]\\d{2}:?\\d{2})?)?");

    private static final Pattern VERSION =
            Pattern.compile("v?\\d{1,4}(\\.\\d{1,4}){1,3}([-+.][a-z]{1,10}\\.?\\d{0,4})?");

    private static final Pattern ADDRESS =
            Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}(:\\d{1,5}|/\\d{1,2})?|localhost(:\\d{1,5})?");

    /** Ends that no passphrase has: the usual ones of the public and of private networks. */
    private static final Pattern HOST = Pattern.compile(
            "([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+(com|net|org|io|dev|app|cloud|eu|[a-z]{2}\\.[a-z]{2}|de|uk|fr"
                    + "|nl|ch|at|example|test|local|localhost|internal|intranet|lan|corp|home|svc|cluster|arpa)\\.?(:\\d{1,5})?");

    private static final Pattern URL =
            Pattern.compile("(?:jdbc:)?([a-z][a-z0-9+.-]{1,20}://)([^/?#@\\s]*)([^?#@;\\s]*)(?:\\?([^#@;\\s]*))?");

    private static final Pattern AUTHORITY =
            Pattern.compile("|[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?(:\\d{1,5})?|\\[[0-9a-fA-F:]+](:\\d{1,5})?");

    /** A word, perhaps of several, with a number at its end, or a number: {@code shop}, {@code db2}, {@code OrdersDb}, {@code 15}. */
    private static final Pattern PIECE = Pattern.compile(
            "[A-Z]{0,10}[a-z]{0,16}([A-Z][a-z]{2,16}){0,3}([A-Z]{1,3}|[A-Z][a-z])?\\d{0,4}|[A-Z]{1,16}\\d{0,4}|\\d{1,5}");

    private static final Pattern BETWEEN = Pattern.compile("[-._/: ]");

    private static final int MOST_PIECES = 16;

    /** With the random parts that names of hosts have. */
    private static final Pattern HOST_OF_ANY_NETWORK = Pattern.compile(
            "[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*(:\\d{1,5})?"
                    + "|\\[?[0-9a-fA-F:]*::?[0-9a-fA-F:.]*]?");

    private static final Set<String> HOST_NAMES =
            SettingNames.words("host hosts hostname endpoint server servers address addr");

    private static final Pattern ACCOUNT = Pattern.compile("\\d{12}");

    /** Of a query that gives nobody access: options of database drivers, and what tells a branch or a version. */
    private static final Pattern OPTION = Pattern.compile(
            "((use|require)_?)?ssl(_?mode)?|tls|charset|characterEncoding|(server)?timezone|(current)?schema|encrypt|retryWrites|w"
                    + "|authSource|replicaSet|application_?name|ref|branch|version|region",
            Pattern.CASE_INSENSITIVE);

    private PlainValues() {}

    /**
     * Whether a value is plainly no secret.
     *
     * @param name of the member or setting; empty for none
     */
    public static boolean isPlain(String name, String value) {
        String text = value.strip();
        SettingNames names = new SettingNames(name);
        if (text.length() > LONGEST) {
            return false;
        }
        if (names.saySecret()) {
            return names.sayAddress() && (ARN.matcher(text).matches() || isUrl(text));
        }
        return OrdinaryWords.containNoPassword(text)
                || REGION.matcher(text).matches()
                || ENGINE.matcher(text).matches()
                || ARN.matcher(text).matches()
                || DATE.matcher(text).matches()
                || VERSION.matcher(text).matches()
                || ADDRESS.matcher(text).matches()
                || HOST.matcher(text).matches()
                || isUrl(text)
                || names.sayPlain() && (isOfWords(text) || isHost(name, text))
                || names.sayAccount() && ACCOUNT.matcher(text).matches();
    }

    /** Whether the name of a setting alone says that its value may be a secret, however it reads. */
    public static boolean isSecretName(String name) {
        return new SettingNames(name).saySecret();
    }

    /** Words and numbers with {@code - . _ / :} or blanks between them: {@code team/orders-db.2}. */
    static boolean isOfWords(String text) {
        String[] pieces = BETWEEN.split(text, -1);
        return pieces.length <= MOST_PIECES && Stream.of(pieces).allMatch(PIECE.asMatchPredicate());
    }

    private static boolean isHost(String name, String text) {
        return HOST_NAMES.stream().anyMatch(name.toLowerCase(Locale.ROOT)::endsWith)
                && HOST_OF_ANY_NETWORK.matcher(text).matches();
    }

    /** One that gives nobody access: no user, no password, nothing in path and query that may be a token. */
    private static boolean isUrl(String text) {
        Matcher url = URL.matcher(text);
        return url.matches()
                && AUTHORITY.matcher(url.group(2)).matches()
                && isOfWords(url.group(3))
                && (url.group(4) == null || isQuery(url.group(4)));
    }

    private static boolean isQuery(String query) {
        for (String pair : query.split("&")) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            if (!OPTION.matcher(name).matches() || !isOfWords(value)) {
                return false;
            }
        }
        return true;
    }
}
