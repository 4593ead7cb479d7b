package io.jenkins.plugins.awssecrets.engine.masking.plain;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Words and numbers that logs are full of. */
public final class OrdinaryWords {
    /** Ports, years, counts. */
    private static final Pattern SHORT_NUMBER = Pattern.compile("-?\\d{1,5}(\\.\\d{1,3})?");

    private static final Set<String> WORDS = SettingNames.words("""
        true false yes no on off null nil none undefined default auto enabled disabled enable disable active inactive
        ok okay pass passed fail failed failure success successful error errors warning warnings warn info debug trace
        fatal notice verbose quiet silent
        main master trunk head develop development dev tests testing tested stage staging prod production
        preprod preview release releases snapshot latest stable beta alpha canary nightly edge lts
        users owner operator service services system deploy deployer deployment
        build builds builder jenkins agent agents controller runner worker workers node nodes job jobs robot
        bot ci cd public private internal external local localhost remote global shared common
        username name value data
        postgres postgresql mysql mariadb oracle sqlserver mssql mongo mongodb docdb redis redshift aurora sqlite db2
        cassandra kafka rabbitmq elasticsearch opensearch memcached nginx apache tomcat httpd
        java python ruby nodejs npm yarn maven gradle make cmake docker podman kubernetes kubectl helm terraform
        ansible git github gitlab bitbucket aws azure gcp google amazon linux windows macos darwin ubuntu debian alpine
        centos fedora amd64 arm64 x86_64
        http https tcp udp tls ssl ssh ftp sftp ldap smtp file files path directory folder
        server client host hosts port ports database databases schema schemas table tables index indexes queue topic
        orders order customer customers product products payment payments invoice invoices account accounts shop store
        billing inventory catalog catalogue report reports analytics search auth login session sessions
        app apps application applications api web website frontend backend mobile desktop core lib library module
        modules package packages project projects plugin plugins image images container containers cluster clusters
        registry repository repositories bucket buckets namespace namespaces region zone
        start started starting stop stopped stopping running run runs done finished complete completed pending
        ready waiting skipped cancelled canceled aborted created updated deleted changed unchanged
        create update delete read write list get set add remove copy move open close connect connected
        all any some other first last next new old current previous
        one two three zero empty unknown
        json yaml yml xml csv text plain html utf8 utf-8 ascii base64 gzip
        monday tuesday wednesday thursday friday saturday sunday
        require required prefer preferred allow verify-ca verify-full
        version versions status type kind mode level group groups team teams role roles policy policies
        """);

    /** Those that are also passwords that nobody changed. */
    private static final Set<String> WEAK_PASSWORDS = SettingNames.words("""
        password secret token key changeme changeit letmein welcome hello world test demo example sample foo bar baz
        admin administrator root guest user\
        """);

    private OrdinaryWords() {}

    /** Whether a text is such a word, or a number of up to five digits: hiding it hides ordinary text. */
    public static boolean contain(String text) {
        String word = text.strip().toLowerCase(Locale.ROOT);
        return containNoPassword(word) || WEAK_PASSWORDS.contains(word);
    }

    /** The same without the words that are passwords of somebody. */
    static boolean containNoPassword(String text) {
        String word = text.strip().toLowerCase(Locale.ROOT);
        return SHORT_NUMBER.matcher(word).matches() || WORDS.contains(word);
    }
}
