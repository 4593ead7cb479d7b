package io.jenkins.plugins.awssecrets.engine.policy;

import io.jenkins.plugins.awssecrets.engine.source.aws.AssumeRole;
import io.jenkins.plugins.awssecrets.engine.source.aws.AwsLogin;
import io.jenkins.plugins.awssecrets.engine.source.aws.AwsSettings;
import io.jenkins.plugins.awssecrets.engine.source.aws.PerBuild;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Makes the least IAM policies of what a configuration uses: one for each caller, and one for each that assumes a role.
 *
 * <p>{@code secretsmanager:BatchGetSecretValue} is in none of them: it saves calls, and nothing fails without it.
 */
public final class IamPolicies {
    private IamPolicies() {}

    /** Who calls: a login, and the roles assumed with it. */
    private record Caller(AwsLogin login, List<String> roles) {
        static Caller of(AwsSettings settings) {
            return new Caller(
                    settings.login(),
                    settings.chain().stream().map(AssumeRole::roleArn).toList());
        }

        /** The role that the caller assumes for each build; empty where builds read as the caller. */
        static Optional<Caller> ofBuilds(AwsSettings settings) {
            Caller controller = of(settings);
            return settings.perBuild()
                    .flatMap(PerBuild::role)
                    .map(role -> new Caller(
                            controller.login(),
                            Stream.concat(
                                            controller.roles().stream(),
                                            Stream.of(BuildRole.inPolicies(
                                                    role.roleArn().text())))
                                    .toList()));
        }

        /** Who assumes the last role. */
        Caller assuming() {
            return new Caller(login, roles.subList(0, roles.size() - 1));
        }

        String words() {
            if (!roles.isEmpty()) {
                return "the role " + roles.get(roles.size() - 1);
            } else if (login instanceof AwsLogin.Profile profile) {
                return "the profile " + profile.name();
            } else if (login instanceof AwsLogin.WebIdentity web) {
                return "the role " + web.roleArn();
            } else if (login instanceof AwsLogin.Provided provided) {
                return provided.name();
            } else if (login instanceof AwsLogin.StaticKeys) {
                return "the access key";
            }
            return "the default credentials chain";
        }
    }

    public static List<IamPolicy> of(List<AwsUse> uses) {
        Map<Caller, List<AwsUse>> byCaller = new LinkedHashMap<>();
        Map<Caller, Set<String>> assumed = new LinkedHashMap<>();
        Map<Caller, Set<String>> assuming = new LinkedHashMap<>();
        Map<Caller, List<AwsUse>> listing = new LinkedHashMap<>();
        Set<Caller> tagged = new LinkedHashSet<>();
        for (AwsUse use : uses) {
            Caller controller = Caller.of(use.settings());
            Caller caller = Caller.ofBuilds(use.settings()).orElse(controller);
            listing.computeIfAbsent(controller, c -> new ArrayList<>()).add(use);
            byCaller.computeIfAbsent(caller, c -> new ArrayList<>()).add(use);
            if (use.settings()
                    .perBuild()
                    .flatMap(PerBuild::role)
                    .filter(PerBuild.Role::tags)
                    .isPresent()) {
                tagged.add(caller);
            }
            for (Caller at = caller; !at.roles().isEmpty(); at = at.assuming()) {
                assumed.computeIfAbsent(at.assuming(), c -> new LinkedHashSet<>())
                        .add(at.roles().get(at.roles().size() - 1));
                assuming.computeIfAbsent(at.assuming(), c -> new LinkedHashSet<>())
                        .add(use.id());
            }
        }
        Set<Caller> callers = new LinkedHashSet<>(byCaller.keySet());
        callers.addAll(listing.keySet());
        callers.addAll(assumed.keySet());
        List<IamPolicy> policies = new ArrayList<>();
        for (Caller caller : callers) {
            Statements statements = new Statements();
            Set<String> ids = new LinkedHashSet<>(assuming.getOrDefault(caller, Set.of()));
            for (AwsUse use : byCaller.getOrDefault(caller, List.of())) {
                statements.read(use);
                ids.add(use.id());
            }
            for (AwsUse use : listing.getOrDefault(caller, List.of())) {
                statements.list(use);
                ids.add(use.id());
            }
            assumed.getOrDefault(caller, Set.of()).forEach(statements::assume);
            tagged.stream()
                    .filter(build -> build.assuming().equals(caller))
                    .forEach(build ->
                            statements.tag(build.roles().get(build.roles().size() - 1)));
            policies.add(new IamPolicy(caller.words(), List.copyOf(ids), statements.all(), statements.notes()));
        }
        return policies;
    }
}
