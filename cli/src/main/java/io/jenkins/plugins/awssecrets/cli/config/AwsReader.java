package io.jenkins.plugins.awssecrets.cli.config;

import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.identity.BuildText;
import io.jenkins.plugins.awssecrets.engine.source.aws.AssumeRole;
import io.jenkins.plugins.awssecrets.engine.source.aws.AwsLogin;
import io.jenkins.plugins.awssecrets.engine.source.aws.AwsSettings;
import io.jenkins.plugins.awssecrets.engine.source.aws.PerBuild;
import io.jenkins.plugins.awssecrets.engine.source.aws.calls.HttpProxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Reads how a source reaches AWS. */
final class AwsReader {
    private static final int SHORTEST_SESSION = 900;
    private static final int LONGEST_SESSION = 43_200;

    private final Section settings;
    private final List<AssumeRole> chain = new ArrayList<>();
    private Optional<PerBuild.Role> perBuild = Optional.empty();

    /** Of builds of a Jenkins. */
    private Optional<PerBuild.WebIdentity> webOfBuilds = Optional.empty();

    AwsReader(Section settings) {
        this.settings = settings;
    }

    AwsSettings settings() {
        roles();
        AwsSettings read = new AwsSettings(
                        settings.text("region"),
                        settings.address("endpoint"),
                        settings.address("stsEndpoint"),
                        login(),
                        chain,
                        settings.flag("fips", false),
                        settings.flag("dualStack", false),
                        settings.section("proxy").map(AwsReader::proxy))
                .withPerBuild(perBuild.map(role -> new PerBuild(Optional.empty(), List.of(), Optional.of(role))));
        if (read.endpoint().isPresent() && (read.fips() || read.dualStack())) {
            throw settings.malformed(
                    read.fips() ? "fips" : "dualStack",
                    "a custom endpoint excludes AWS' own",
                    "remove this or the endpoint");
        }
        return read;
    }

    /** How builds of a Jenkins read from it as themselves; known once the settings were read. */
    Optional<PerBuild> builds() {
        return webOfBuilds.isEmpty() && perBuild.isEmpty()
                ? Optional.empty()
                : Optional.of(new PerBuild(webOfBuilds, webOfBuilds.isEmpty() ? List.of() : chain, perBuild));
    }

    private AwsLogin login() {
        settings.jenkinsOnly(
                "here the source authenticates with its own keys, profile or web identity, or else with the default"
                        + " credentials chain",
                "credentialsId");
        List<AwsLogin> ways = new ArrayList<>();
        settings.text("profile").map(AwsLogin.Profile::new).ifPresent(ways::add);
        keys().ifPresent(ways::add);
        Optional<AwsLogin> web = settings.section("webIdentity").flatMap(this::webIdentity);
        if (web.isPresent() && webOfBuilds.isPresent()) {
            // What stands beside it is the login of a controller.
            return web.get();
        }
        web.ifPresent(ways::add);
        if (ways.size() > 1) {
            throw settings.malformed(
                    "", "several authentication methods for AWS", "keep one of profile, accessKeyId, webIdentity");
        }
        return ways.isEmpty() ? new AwsLogin.DefaultChain() : ways.get(0);
    }

    private Optional<AwsLogin> keys() {
        Optional<String> id = settings.text("accessKeyId");
        Optional<SecretValue> secret = settings.secret("secretAccessKey");
        Optional<SecretValue> token = settings.secret("sessionToken");
        if (id.isEmpty() && secret.isEmpty() && token.isEmpty()) {
            return Optional.empty();
        }
        if (id.isEmpty() || secret.isEmpty()) {
            throw settings.malformed(
                    id.isPresent() ? "accessKeyId" : secret.isPresent() ? "secretAccessKey" : "sessionToken",
                    "half of an access key",
                    "set both accessKeyId and secretAccessKey");
        }
        return Optional.of(new AwsLogin.StaticKeys(id.get(), secret.get(), token));
    }

    private Optional<AwsLogin> webIdentity(Section section) {
        String role = section.pattern("roleArn").orElseThrow(() -> missing(section, "roleArn"));
        Optional<Path> file = section.file("tokenFile");
        Optional<String> name = section.text("tokenVariable");
        Optional<Supplier<SecretValue>> variable = section.variable("tokenVariable");
        Optional<String> credentialsId = section.text("credentialsId");
        section.jenkinsOnly(
                name.map(text -> "here the ID token is that of the variable " + text)
                        .orElse("a run of this program has no ID token of a build; give it a tokenVariable, or it"
                                + " authenticates with the default credentials chain"),
                "credentialsId");
        section.end();
        webOfBuilds = credentialsId.map(id -> new PerBuild.WebIdentity(arn(section, role), "", id));
        if (file.isPresent() && variable.isPresent()) {
            throw section.malformed("tokenVariable", "both a file and a variable hold the token", "keep one of them");
        }
        if (file.isEmpty() && variable.isEmpty() && credentialsId.isEmpty()) {
            throw missing(section, "tokenFile");
        }
        if (BuildText.isIn(role) && file.isPresent()) {
            throw ofNoBuild(section);
        }
        return variable.<AwsLogin>map(token -> new AwsLogin.WebIdentityToken(
                        role, "the ID token in " + name.orElseThrow(), BuildText.isIn(role) ? refused(section) : token))
                .or(() -> file.map(token -> new AwsLogin.WebIdentity(role, token)));
    }

    private static BuildText arn(Section section, String role) {
        try {
            return PerBuild.roleArn("roleArn", role);
        } catch (SecretException e) {
            throw section.malformed("roleArn", e.reason(), e.fix());
        }
    }

    /** When it is needed: what needs no login works without. */
    private static Supplier<SecretValue> refused(Section section) {
        return () -> {
            throw ofNoBuild(section);
        };
    }

    private static SecretException ofNoBuild(Section section) {
        return section.malformed(
                "roleArn",
                "it names the job of a build, and a run of this program is of none",
                "write the role out, or give this program a configuration of its own");
    }

    private void roles() {
        for (Section section : settings.oneOrMore("assumeRole")) {
            if (perBuild.isPresent()) {
                throw section.malformed("", "a role after the one that is assumed for each build", "put it before");
            }
            role(section);
        }
    }

    private void role(Section section) {
        String arn = section.pattern("roleArn").orElseThrow(() -> missing(section, "roleArn"));
        Optional<String> externalId = section.text("externalId");
        Optional<String> sessionName = section.text("sessionName");
        Optional<Duration> duration = section.number("durationSeconds", SHORTEST_SESSION, LONGEST_SESSION)
                .map(Duration::ofSeconds);
        section.jenkinsOnly(
                "here the role is assumed for the run, in a session without tags of a build",
                "perBuild",
                "tags",
                "exactPolicy");
        boolean ofBuilds = section.flag("perBuild", false);
        boolean tags = section.flag("tags", false);
        boolean exact = section.flag("exactPolicy", false);
        section.end();
        try {
            if (ofBuilds) {
                perBuild = Optional.of(new PerBuild.Role(PerBuild.roleArn("", arn), externalId, duration, tags, exact));
            } else {
                chain.add(new AssumeRole(arn, externalId, sessionName, duration));
            }
        } catch (SecretException e) {
            throw section.malformed("", e.reason(), e.fix());
        }
    }

    private static HttpProxy proxy(Section section) {
        HttpProxy proxy = new HttpProxy(
                section.required("host"),
                section.number("port", 1, 65_535).orElseThrow(() -> missing(section, "port")),
                section.text("user"),
                section.secret("password"),
                HttpProxy.hostsIn(section.text("noProxy").orElse("")));
        section.end();
        return proxy;
    }

    private static SecretException missing(Section section, String key) {
        return section.malformed("", "'" + key + "' is missing", "add it");
    }
}
