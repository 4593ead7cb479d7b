package io.jenkins.plugins.awssecrets.engine.source.aws;

import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.source.Locator;
import io.jenkins.plugins.awssecrets.engine.source.Outcome;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells why the ARN of another region is not found, whatever the service made of it. */
public final class RegionOfArn {
    private static final Pattern ARN = Pattern.compile("arn:[^:]*:[a-z]+:([a-z0-9-]+):\\d*:.*");
    private static final Set<Problem> OF_THE_NAME = Set.of(Problem.NOT_FOUND, Problem.MALFORMED, Problem.DENIED);

    private RegionOfArn() {}

    /** The outcomes, with the region as the cause where it is another one than the source's. */
    public static Map<Locator, Outcome> explained(Map<Locator, Outcome> outcomes, Place place) {
        Map<Locator, Outcome> explained = new LinkedHashMap<>(outcomes);
        explained.replaceAll((locator, outcome) -> outcome instanceof Outcome.Failed failed
                        && OF_THE_NAME.contains(failed.why().problem())
                ? another(locator, place).<Outcome>map(Outcome.Failed::new).orElse(outcome)
                : outcome);
        return explained;
    }

    private static Optional<SecretException> another(Locator locator, Place place) {
        Matcher arn = ARN.matcher(locator.name());
        return arn.matches()
                        && !place.region().equals(Place.ANY)
                        && !arn.group(1).equals(place.region())
                ? Optional.of(new SecretException(
                        Problem.NOT_FOUND,
                        locator.toString(),
                        "the ARN is of " + arn.group(1) + ", and source " + locator.source() + " reads in "
                                + place.region(),
                        "use a source whose region is " + arn.group(1)))
                : Optional.empty();
    }
}
