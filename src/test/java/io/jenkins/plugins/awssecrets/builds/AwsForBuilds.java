package io.jenkins.plugins.awssecrets.builds;

import io.jenkins.plugins.awssecrets.demo.DemoBackends;
import java.util.List;
import java.util.stream.Collectors;

/** The source {@code own}, from whose Parameter Store builds read as themselves. */
final class AwsForBuilds {
    /** That builds assume. */
    static final String ROLE = "arn:aws:iam::123456789012:role/build";

    /** Sessions of the role with the build's tags, by the controller's key. */
    static final String BY_ROLE =
            "accessKeyId: AKIACONTROLLER, secretAccessKey: controller-key, assumeRole: {roleArn: \"" + ROLE
                    + "\", perBuild: true, tags: true}";

    private AwsForBuilds() {}

    /**
     * An item of {@code sources}, as YAML on one line.
     *
     * @param authentication keys of the source
     * @param names what it allows all builds to read
     */
    static String source(DemoBackends aws, String authentication, String... names) {
        String allowed = List.of(names).stream().map(name -> "\"" + name + "\"").collect(Collectors.joining(", "));
        return "ssm: {id: own, region: eu-west-1, endpoint: \"%s\", stsEndpoint: \"%s\", %s, allow: [{names: [%s]}]}"
                .formatted(aws.ssm(), aws.sts(), authentication, allowed);
    }
}
