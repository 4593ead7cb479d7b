package io.jenkins.plugins.awssecrets.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.awssecrets.cli.Cli;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** The templates of {@code examples/} and of {@code policy}, applied by moto's CloudFormation, make what they say. */
@Tag("peers")
@Timeout(300)
@EnabledIfEnvironmentVariable(named = "AWS_SECRETS_PEER_MOTO", matches = "http.*")
class CloudFormationPeersContractTest {
    private static final Path TEMPLATES = Page.TOP.resolve("examples/cloudformation");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI moto = URI.create(String.valueOf(System.getenv("AWS_SECRETS_PEER_MOTO")));

    @TempDir
    Path directory;

    /** With each condition true, as moto does not take {@code AWS::NoValue} out of a list. */
    @Test
    void thePolicyReadsBelowThePrefixAndNowhereElse() throws Exception {
        String policy = output(
                stack("jenkins-read-secrets.yaml", Map.of("Discovery", "true", "KeyArn", "arn:aws:kms:x:1:key/k")),
                "PolicyArn");

        JsonNode statements = policyDocument(policy).path("Statement");
        assertThat(statements.findValuesAsText("Sid"))
                .containsExactly(
                        "ReadParameters",
                        "ReadSecrets",
                        "ReadSecretsInOneCall",
                        "Decrypt",
                        "List",
                        "ReadParameterTags");
        assertThat(statements.path(0).path("Resource").asText())
                .isEqualTo("arn:aws:ssm:eu-west-1:123456789012:parameter/ci/*");
        assertThat(statements.path(1).path("Resource").asText())
                .isEqualTo("arn:aws:secretsmanager:eu-west-1:123456789012:secret:ci/*");
    }

    @Test
    void theRoleTrustsTheServiceThatGivesItToJenkins() throws Exception {
        String policy = output(
                stack("jenkins-read-secrets.yaml", Map.of("Discovery", "true", "KeyArn", "arn:aws:kms:x:1:key/k")),
                "PolicyArn");
        for (String service : new String[] {"ec2.amazonaws.com", "ecs-tasks.amazonaws.com", "pods.eks.amazonaws.com"}) {
            String role =
                    output(stack("jenkins-role.yaml", Map.of("Service", service, "PolicyArn", policy)), "RoleArn");

            JsonNode statement = trust(role).path("Statement").path(0);
            assertThat(statement.path("Principal").path("Service").asText()).isEqualTo(service);
            assertThat(statement.path("Action").toString())
                    .isEqualTo(
                            service.startsWith("pods")
                                    ? "[\"sts:AssumeRole\",\"sts:TagSession\"]"
                                    : "[\"sts:AssumeRole\"]");
            assertThat(iam(Map.of("Action", "ListInstanceProfilesForRole", "RoleName", name(role)))
                            .contains("<InstanceProfileName>"))
                    .as(service)
                    .isEqualTo(service.startsWith("ec2"));
        }
    }

    @Test
    void theRoleOfABuildTrustsTheControllerAndComparesTheSessionsTags() throws Exception {
        String controller = "arn:aws:iam::123456789012:role/controller";
        String stack = stack("build-identity.yaml", Map.of("ControllerRoleArn", controller));
        try {
            JsonNode statement =
                    trust(output(stack, "RoleArn")).path("Statement").path(0);
            assertThat(statement.path("Principal").path("AWS").asText()).isEqualTo(controller);
            assertThat(statement.path("Action").toString()).isEqualTo("[\"sts:AssumeRole\",\"sts:TagSession\"]");
            assertThat(iam(Map.of("Action", "GetRolePolicy", "RoleName", "jenkins-build", "PolicyName", "own-folder")))
                    .contains("secret:${aws:PrincipalTag/jenkins-folder}/*");
        } finally {
            // It has a name of its own, so that another run could not make it.
            cloudFormation(Map.of("Action", "DeleteStack", "StackName", stack));
        }
    }

    @Test
    void whatPolicyPrintsIsATemplateThatMakesThatPolicy() throws Exception {
        String config = Files.writeString(directory.resolve("aws-secrets.yaml"), """
            sources:
              - ssm: {region: eu-west-1, endpoint: "%1$s", accessKeyId: a, secretAccessKey: b}
            credentials:
              - string: {id: token, secret: "ssm:/ci/token"}
            discovery: {enabled: false}
            """.formatted(moto))
                .toString();
        Cli.Result iam = Cli.run("--config", config, "policy", "--format", "iam", "--source", "ssm");

        String made = applied(
                Cli.run("--config", config, "policy", "--format", "cloudformation")
                        .out(),
                Map.of());

        String policy = element(
                cloudFormation(Map.of("Action", "DescribeStackResources", "StackName", made)), "PhysicalResourceId");
        assertThat(policyDocument(policy)).isEqualTo(JSON.readTree(iam.out()));
    }

    private String stack(String template, Map<String, String> parameters) throws Exception {
        return applied(Files.readString(TEMPLATES.resolve(template)), parameters);
    }

    private String applied(String template, Map<String, String> parameters) throws Exception {
        String name = "stack-" + UUID.randomUUID();
        Map<String, String> call =
                new LinkedHashMap<>(Map.of("Action", "CreateStack", "StackName", name, "TemplateBody", template));
        int i = 0;
        for (Map.Entry<String, String> parameter : parameters.entrySet()) {
            i++;
            call.put("Parameters.member." + i + ".ParameterKey", parameter.getKey());
            call.put("Parameters.member." + i + ".ParameterValue", parameter.getValue());
        }
        cloudFormation(call);
        assertThat(element(cloudFormation(Map.of("Action", "DescribeStacks", "StackName", name)), "StackStatus"))
                .isEqualTo("CREATE_COMPLETE");
        return name;
    }

    private String output(String stack, String key) throws Exception {
        String stacks = cloudFormation(Map.of("Action", "DescribeStacks", "StackName", stack));
        return element(stacks.substring(stacks.indexOf("<OutputKey>" + key + "<")), "OutputValue");
    }

    private JsonNode trust(String role) throws Exception {
        return document(iam(Map.of("Action", "GetRole", "RoleName", name(role))), "AssumeRolePolicyDocument");
    }

    private JsonNode policyDocument(String arn) throws Exception {
        String version = element(iam(Map.of("Action", "GetPolicy", "PolicyArn", arn)), "DefaultVersionId");
        return document(iam(Map.of("Action", "GetPolicyVersion", "PolicyArn", arn, "VersionId", version)), "Document");
    }

    private static JsonNode document(String xml, String name) throws Exception {
        return JSON.readTree(URLDecoder.decode(element(xml, name).replace("&quot;", "\""), StandardCharsets.UTF_8));
    }

    private static String name(String arn) {
        return arn.substring(arn.lastIndexOf('/') + 1);
    }

    private String cloudFormation(Map<String, String> call) throws Exception {
        return query("cloudformation", "2010-05-15", call);
    }

    private String iam(Map<String, String> call) throws Exception {
        return query("iam", "2010-05-08", call);
    }

    /** moto finds service and region in the scope of the signature, which it does not check. */
    private String query(String service, String version, Map<String, String> call) throws Exception {
        String form = call.entrySet().stream()
                .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(moto)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .header(
                                "Authorization",
                                "AWS4-HMAC-SHA256 Credential=AKIAADMIN/20260101/eu-west-1/" + service
                                        + "/aws4_request, SignedHeaders=host, Signature=00")
                        .POST(HttpRequest.BodyPublishers.ofString("Version=" + version + "&" + form))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    private static String element(String xml, String name) {
        Matcher matcher =
                Pattern.compile("<" + name + ">([^<]+)</" + name + ">").matcher(xml);
        assertThat(matcher.find()).as(name + " in " + xml).isTrue();
        return matcher.group(1);
    }
}
