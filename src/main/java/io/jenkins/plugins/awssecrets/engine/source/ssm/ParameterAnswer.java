package io.jenkins.plugins.awssecrets.engine.source.ssm;

import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.source.Locator;
import io.jenkins.plugins.awssecrets.engine.source.Outcome;
import io.jenkins.plugins.awssecrets.engine.source.SecretPayload;
import io.jenkins.plugins.awssecrets.engine.source.aws.Place;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.ssm.model.GetParametersResponse;
import software.amazon.awssdk.services.ssm.model.Parameter;
import software.amazon.awssdk.services.ssm.model.ParameterType;

/** Tells which parameter of an answer belongs to which name that was asked for. */
final class ParameterAnswer {
    private final GetParametersResponse response;
    private final Place place;

    ParameterAnswer(GetParametersResponse response, Place place) {
        this.response = response;
        this.place = place;
    }

    /** @param asked the locators of the call, no two of one name */
    Map<Locator, Outcome> outcomes(List<Locator> asked) {
        // The service may spell a name in its own way; what is neither found nor invalid is missing from the answer.
        boolean isWhole =
                response.parameters().size() + response.invalidParameters().size() >= asked.size();
        Map<Locator, Outcome> outcomes = new LinkedHashMap<>();
        for (Locator locator : asked) {
            outcomes.put(
                    locator,
                    parameter(locator).map(p -> outcome(locator, p)).orElseGet(() -> missing(locator, isWhole)));
        }
        return outcomes;
    }

    private Optional<Parameter> parameter(Locator locator) {
        String name = locator.name();
        return response.parameters().stream()
                .filter(p -> name.equals(p.name()) || name.equals(p.arn()))
                .findFirst();
    }

    private Outcome outcome(Locator locator, Parameter parameter) {
        Optional<String> version = Optional.ofNullable(parameter.version()).map(String::valueOf);
        Optional<String> number = locator.version().filter(ParameterAnswer::isNumber);
        if (parameter.value() == null || number.isPresent() && !number.equals(version)) {
            return failed(
                    locator,
                    Problem.INTERNAL,
                    "Parameter Store " + place + " returned no value or another version",
                    "check that the endpoint is Parameter Store's");
        }
        return new Outcome.Found(new SecretPayload(
                SecretPayload.Shape.TEXT,
                SecretValue.of(parameter.value()),
                isConfidential(parameter),
                version,
                locator.version().filter(v -> !isNumber(v)).stream().toList(),
                Optional.ofNullable(parameter.lastModifiedDate()),
                Optional.empty()));
    }

    /** What is not said to be kept in the clear is taken for secret. */
    private static boolean isConfidential(Parameter parameter) {
        return parameter.type() != ParameterType.STRING && parameter.type() != ParameterType.STRING_LIST;
    }

    private Outcome missing(Locator locator, boolean isWhole) {
        if (!isWhole
                && !response.invalidParameters().contains(ParameterReader.requestName(locator))
                && !response.invalidParameters().contains(locator.name())) {
            return failed(
                    locator,
                    Problem.UNREACHABLE,
                    "the response of Parameter Store " + place + " does not mention it",
                    "try again. If this persists, check that the endpoint is Parameter Store's");
        }
        String what = locator.version()
                .map(v -> "parameter not found, or none of its versions has this " + (isNumber(v) ? "number" : "label"))
                .orElse("parameter not found");
        return failed(
                locator,
                Problem.NOT_FOUND,
                what + ", in Parameter Store " + place,
                bareName(locator)
                        .orElse("check the name (case-sensitive, a path starts with '/') and the source's region"));
    }

    /** {@code /plain} and {@code plain} are two names. Alike for all names, so that it is said of several at once. */
    private static Optional<String> bareName(Locator locator) {
        return Optional.of("check the name (case-sensitive; where it has no path, it is written " + locator.source()
                        + ":NAME, without '/') and the source's region")
                .filter(any -> locator.name().lastIndexOf('/') == 0);
    }

    private static boolean isNumber(String version) {
        return version.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static Outcome failed(Locator locator, Problem problem, String reason, String fix) {
        return new Outcome.Failed(new SecretException(problem, locator.toString(), reason, fix));
    }
}
