package io.jenkins.plugins.awssecrets.cli.policy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awssecrets.engine.policy.IamPolicy;
import io.jenkins.plugins.awssecrets.engine.policy.VaultPolicy;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Least policies as resources of the tools that manage them. */
final class InfrastructureCode {
    private static final ObjectMapper JSON = new ObjectMapper();

    private InfrastructureCode() {}

    /** Resources {@code aws_iam_policy} and {@code vault_policy}; the policy's text is a heredoc, so that it can be read. */
    static String terraform(List<IamPolicy> iam, List<VaultPolicy> vault) {
        List<String> resources = new ArrayList<>();
        iam.forEach(policy -> resources.add("# For " + oneLine(policy.caller()) + "\n"
                + resource("aws_iam_policy", String.join("-", policy.sources()), policy.json())));
        vault.forEach(policy -> resources.add(resource("vault_policy", policy.source(), policy.hcl())));
        return String.join("\n", resources);
    }

    private static String resource(String type, String name, String policy) {
        return """
            resource "%s" "%s" {
              name   = "jenkins-%s"
              policy = <<POLICY
            %sPOLICY
            }
            """.formatted(type, name, name, policy.replace("${", "$${").replace("%{", "%%{"));
    }

    /** A template in JSON with a managed policy for each caller; its logical id is made of the sources' ids. */
    static String cloudFormation(List<IamPolicy> iam) {
        ObjectNode template = JSON.createObjectNode().put("AWSTemplateFormatVersion", "2010-09-09");
        ObjectNode resources = template.putObject("Resources");
        try {
            for (IamPolicy policy : iam) {
                resources
                        .putObject(logicalId(policy.sources(), resources))
                        .put("Type", "AWS::IAM::ManagedPolicy")
                        .putObject("Properties")
                        .put("Description", "For " + oneLine(policy.caller()))
                        .set("PolicyDocument", JSON.readTree(policy.json()));
            }
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(template) + "\n";
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Letters and digits alone; ids that differ in other characters are numbered. */
    private static String logicalId(List<String> sources, ObjectNode taken) {
        StringBuilder id = new StringBuilder("Jenkins");
        for (String word : String.join("-", sources).split("[^A-Za-z0-9]+")) {
            id.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word.substring(1));
        }
        String unique = id.toString();
        for (int i = 2; taken.has(unique); i++) {
            unique = id.toString() + i;
        }
        return unique;
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s+", " ");
    }
}
