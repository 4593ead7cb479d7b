package io.jenkins.plugins.awssecrets.engine.source.aws.minted;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.json.JsonTree;
import io.jenkins.plugins.awssecrets.engine.source.Locator;
import io.jenkins.plugins.awssecrets.engine.source.Minting;
import io.jenkins.plugins.awssecrets.engine.source.Outcome;
import io.jenkins.plugins.awssecrets.engine.source.SecretPayload;
import io.jenkins.plugins.awssecrets.engine.source.aws.AssumeRole;
import io.jenkins.plugins.awssecrets.engine.source.aws.AssumedKeys;
import io.jenkins.plugins.awssecrets.engine.source.aws.AwsSettings;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes what a source's login can make. Nothing is kept: each read makes it anew. */
public final class AwsMint implements AutoCloseable {
    public static final String ROLE = "role";
    public static final String ECR = "ecr";
    public static final String RDS_TOKEN = "rdsToken";

    private final String source;
    private final AwsSettings settings;
    private final AwsKeys keys;
    private final Clock clock;

    public AwsMint(String source, AwsSettings settings) {
        this(source, settings, Clock.systemUTC());
    }

    /** @param clock tells when something was made */
    public AwsMint(String source, AwsSettings settings, Clock clock) {
        this.source = source;
        this.clock = clock;
        this.settings = settings;
        this.keys = new AwsKeys("source " + source, settings);
    }

    /** Those of the locators that are stored, not made. */
    public static List<Locator> stored(Collection<Locator> locators) {
        return locators.stream()
                .filter(locator -> !Minting.isName(locator.name()))
                .toList();
    }

    /** An outcome for each locator that is made. */
    public Map<Locator, Outcome> make(Collection<Locator> locators, Deadline deadline) {
        Map<Locator, Outcome> outcomes = new LinkedHashMap<>();
        for (Locator locator : locators) {
            Minting.of(locator).ifPresent(minting -> outcomes.put(locator, outcome(minting, deadline)));
        }
        return outcomes;
    }

    private Outcome outcome(Minting minting, Deadline deadline) {
        try {
            ObjectNode made =
                    switch (minting.way()) {
                        case ROLE -> role(minting);
                        case ECR -> EcrLogin.of(source, settings, minting, deadline);
                        case RDS_TOKEN -> RdsToken.of(minting, keys, deadline);
                        default ->
                            throw new SecretException(
                                    Problem.MALFORMED,
                                    "source " + source,
                                    "it makes no " + minting.way(),
                                    "name a Vault source for it");
                    };
            return new Outcome.Found(
                    SecretPayload.made(SecretValue.of(made.toString()), clock.instant(), Optional.empty()));
        } catch (SecretException e) {
            return new Outcome.Failed(e);
        }
    }

    private ObjectNode role(Minting minting) {
        List<AssumeRole> chain = new ArrayList<>(settings.chain());
        chain.add(assumed(minting));
        AssumedKeys session = AssumedKeys.assume(settings.withChain(chain));
        ObjectNode made = JsonTree.object();
        made.put("accessKeyId", session.accessKeyId());
        made.put("secretAccessKey", session.secretAccessKey().reveal());
        made.put("sessionToken", session.sessionToken().reveal());
        session.ends().ifPresent(ends -> made.put(Minting.EXPIRATION, ends.toString()));
        return made;
    }

    /** @throws SecretException for settings that STS would refuse as they stand */
    public static AssumeRole assumed(Minting minting) {
        Optional<Duration> duration = minting.setting("durationSeconds").map(AwsMint::seconds);
        return new AssumeRole(minting.required("roleArn"), minting.setting("externalId"), Optional.empty(), duration);
    }

    private static Duration seconds(String text) {
        try {
            return Duration.ofSeconds(Long.parseLong(text.strip()));
        } catch (NumberFormatException e) {
            throw new SecretException(
                    Problem.MALFORMED, "durationSeconds", "it is not a number", "give seconds, 900 to 43200");
        }
    }

    @Override
    public void close() {
        keys.close();
    }
}
