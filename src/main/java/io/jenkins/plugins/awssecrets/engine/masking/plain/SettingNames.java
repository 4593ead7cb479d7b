package io.jenkins.plugins.awssecrets.engine.masking.plain;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What the name of a JSON member, or of a setting in a text, tells about its value. */
final class SettingNames {
    /** Where words begin in {@code dbHost}, {@code db_host}, {@code DB-HOST} and {@code db.host}. */
    private static final Pattern BREAK = Pattern.compile("[^A-Za-z0-9]+|(?<=[a-z0-9])(?=[A-Z])");

    private static final List<String> SECRET_STEMS =
            List.of("passw", "passphrase", "passcode", "pwd", "secret", "token", "credential", "authoriz", "authentic");

    /** Among them those that tell nothing about the value. */
    private static final Set<String> SECRET_WORDS = words("""
        pass pw psw pin otp totp mfa salt seed hash sas jwt dsn cred creds auth code codes private signature session
        sessions cookie cookies webhook webhooks hook hooks phrase mnemonic license licence cert certs certificate bearer
        connection conn keys keystore value values content contents data text string note notes backup\
        """);

    private static final Set<String> USER_WORDS = words("user users username login email mail account id");

    private static final Set<String> PLAIN_WORDS = words("""
        host hosts hostname endpoint server servers address addr port engine dialect driver database dbname db schema
        catalog region zone location environment env stage registry repository repo bucket cluster instance identifier
        namespace context kind type version protocol scheme mode sslmode ssl tls charset timezone locale language
        level name role team owner project app application service component department description status domain
        url uri branch tag platform os arch plan tier class format provider realm organization organisation org
        company country city path file filename directory dir queue topic exchange vhost index table collection\
        """);

    private static final Set<String> ADDRESS_WORDS = words("url uri endpoint arn");

    private static final Set<String> ADDRESSES_THAT_ARE_SECRET =
            words("webhook webhooks hook hooks connection conn dsn sas signed presigned private");

    private static final Set<String> ACCOUNT_WORDS = words("account accountid");

    private final List<String> words;
    private final String joined;

    SettingNames(String name) {
        words = new ArrayList<>();
        BREAK.splitAsStream(name)
                .filter(word -> !word.isEmpty())
                .map(word -> word.toLowerCase(Locale.ROOT))
                .forEach(words::add);
        joined = String.join("", words);
    }

    /** Whether what it names may be a secret however it reads: {@code DB_PASSWORD}, {@code apiKey}, but also {@code value}. */
    boolean saySecret() {
        return SECRET_STEMS.stream().anyMatch(joined::contains)
                || words.stream().anyMatch(word -> SECRET_WORDS.contains(word) || word.endsWith("key"));
    }

    /** Whether what it names is no secret where it reads like a name, a path or a number: {@code dbname}. */
    boolean sayPlain() {
        if (words.isEmpty() || saySecret()) {
            return false;
        }
        String last = words.get(words.size() - 1);
        return PLAIN_WORDS.contains(last) && words.stream().noneMatch(USER_WORDS::contains);
    }

    /** Whether it names where a secret is or is given, such as {@code token_uri}, and not one that is an address itself. */
    boolean sayAddress() {
        return !words.isEmpty()
                && ADDRESS_WORDS.contains(words.get(words.size() - 1))
                && words.stream().noneMatch(ADDRESSES_THAT_ARE_SECRET::contains);
    }

    /** Whether it names an account of AWS. */
    boolean sayAccount() {
        return ACCOUNT_WORDS.contains(joined) || joined.equals("awsaccount") || joined.equals("awsaccountid");
    }

    static Set<String> words(String text) {
        return Set.of(text.strip().split("\\s+"));
    }
}
