package io.jenkins.plugins.awssecrets.engine.source.aws;

import io.jenkins.plugins.awssecrets.engine.identity.BuildIdentity;
import io.jenkins.plugins.awssecrets.engine.source.MachineAddresses;
import io.jenkins.plugins.awssecrets.engine.source.MachineUse;
import io.jenkins.plugins.awssecrets.engine.source.aws.calls.HttpProxy;
import io.jenkins.plugins.awssecrets.engine.source.aws.calls.ProxyRoutes;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * How a source reaches AWS. {@link #DEFAULTS} with the {@code with} methods reads better than the constructor.
 *
 * @param region empty for the one that {@link RegionFinder} finds
 * @param endpoint address of Parameter Store or Secrets Manager where it is not AWS' public one (VPC endpoint, emulator)
 * @param stsEndpoint address of STS where it is not AWS' public one
 * @param chain roles assumed one after the other, each with the credentials of the one before; mostly none or one
 * @param fips use FIPS 140 endpoints; excludes own endpoints
 * @param dualStack use endpoints that speak IPv6 too; excludes own endpoints
 * @param proxy empty for what the system properties ({@code https.proxyHost}) or the environment
 *     ({@code HTTPS_PROXY}, {@code NO_PROXY}) say
 * @param routes the proxies of the environment as all sources read them; used where {@code proxy} is empty
 * @param sessionName what CloudTrail shows as the caller of roles that have no name of their own; made to fit by {@link
 *     SessionName}; empty for its default
 * @param perBuild how builds read as themselves; login and chain are then the controller's, which lists. Empty where
 *     builds read as the controller
 */
public record AwsSettings(
        Optional<String> region,
        Optional<URI> endpoint,
        Optional<URI> stsEndpoint,
        AwsLogin login,
        List<AssumeRole> chain,
        boolean fips,
        boolean dualStack,
        Optional<HttpProxy> proxy,
        Optional<ProxyRoutes> routes,
        Optional<String> sessionName,
        Optional<PerBuild> perBuild) {
    /** Public endpoints, the default login and region, no role, no proxy of its own. */
    public static final AwsSettings DEFAULTS = new AwsSettings(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            new AwsLogin.DefaultChain(),
            List.of(),
            false,
            false,
            Optional.empty());

    public AwsSettings {
        chain = List.copyOf(chain);
    }

    /** Settings without routes. */
    public AwsSettings(
            Optional<String> region,
            Optional<URI> endpoint,
            Optional<URI> stsEndpoint,
            AwsLogin login,
            List<AssumeRole> chain,
            boolean fips,
            boolean dualStack,
            Optional<HttpProxy> proxy) {
        this(
                region,
                endpoint,
                stsEndpoint,
                login,
                chain,
                fips,
                dualStack,
                proxy,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** Whether a region may have such a name. AWS adds regions, so nobody is asked whether it has. */
    public static boolean isRegionName(String name) {
        return RegionFinder.isName(name);
    }

    /** For another service than the source's: at an address of its own, or where the SDK finds it. */
    public AwsSettings withServiceEndpoint(Optional<URI> other) {
        return with(draft -> draft.endpoint = other);
    }

    public AwsSettings withRegion(String name) {
        return with(draft -> draft.region = Optional.of(name));
    }

    public AwsSettings withEndpoint(URI uri) {
        return with(draft -> draft.endpoint = Optional.of(uri));
    }

    public AwsSettings withStsEndpoint(URI uri) {
        return with(draft -> draft.stsEndpoint = Optional.of(uri));
    }

    public AwsSettings withLogin(AwsLogin how) {
        return with(draft -> draft.login = how);
    }

    public AwsSettings withChain(List<AssumeRole> roles) {
        return with(draft -> draft.chain = roles);
    }

    public AwsSettings withFips(boolean on) {
        return with(draft -> draft.fips = on);
    }

    public AwsSettings withDualStack(boolean on) {
        return with(draft -> draft.dualStack = on);
    }

    public AwsSettings withProxy(HttpProxy through) {
        return with(draft -> draft.proxy = Optional.of(through));
    }

    public AwsSettings withRoutes(Optional<ProxyRoutes> through) {
        return with(draft -> draft.routes = through);
    }

    /** All that it uses of this machine. Looks up the names of its addresses. */
    public List<MachineUse> machineUses() {
        List<URI> addresses =
                Stream.of(endpoint, stsEndpoint).flatMap(Optional::stream).toList();
        // With a role, the first call is the one to STS; what comes after is signed by the role.
        boolean ofBuilds = login instanceof AwsLogin.ForBuilds;
        Set<URI> shownTo = chain.isEmpty() && !ofBuilds ? Set.copyOf(addresses) : shownToSts();
        Optional<String> role = chain.stream()
                .findFirst()
                .map(AssumeRole::roleArn)
                .or(() -> roleOfEveryBuild().filter(of -> ofBuilds).map(AssumeRole::roleArn));
        return Stream.of(
                        login.machineUse(role, shownTo).stream(),
                        addresses.stream().flatMap(address -> MachineAddresses.use(address).stream()),
                        region.isEmpty()
                                ? Stream.<MachineUse>of(new MachineUse.Variable("the controller's AWS region"))
                                : Stream.<MachineUse>empty())
                .flatMap(Function.identity())
                .toList();
    }

    /** Of the addresses, those that are called to assume a role. */
    Set<URI> shownToSts() {
        return stsEndpoint.map(Set::of).orElse(Set.of());
    }

    private Optional<AssumeRole> roleOfEveryBuild() {
        return perBuild.flatMap(PerBuild::role).flatMap(PerBuild.Role::ofEveryBuild);
    }

    /**
     * The same with every assumed role's session so named, unless a role has a name of its own: a source made for one
     * build shows that build in CloudTrail.
     *
     * @param name any text, such as a job's name and a build's number; made to fit by {@link SessionName}
     */
    public AwsSettings withSessionName(String name) {
        return with(draft -> draft.sessionName = Optional.of(name));
    }

    /** The same, from which builds read as themselves. */
    public AwsSettings withPerBuild(Optional<PerBuild> how) {
        return with(draft -> draft.perBuild = how);
    }

    /**
     * For a program that is no build: it assumes the role for itself that builds assume. Where that role is named after the
     * build there is none, and the settings stay as they are.
     */
    public AwsSettings forOneRun() {
        Optional<AssumeRole> role = roleOfEveryBuild();
        return role.isEmpty()
                ? this
                : withChain(Stream.concat(chain.stream(), role.stream()).toList())
                        .withPerBuild(Optional.empty());
    }

    /** For what a build's session makes: everything is done as that session. */
    public AwsSettings of(BuildSession session, BuildIdentity build) {
        return withLogin(new AwsLogin.Provided("the build's session", session, false))
                .withChain(List.of())
                .withPerBuild(Optional.empty())
                .withSessionName(PerBuild.sessionName(build));
    }

    private AwsSettings with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.settings();
    }

    /** A copy that can be changed. */
    private static final class Draft {
        Optional<String> region;
        Optional<URI> endpoint;
        Optional<URI> stsEndpoint;
        AwsLogin login;
        List<AssumeRole> chain;
        boolean fips;
        boolean dualStack;
        Optional<HttpProxy> proxy;
        Optional<ProxyRoutes> routes;
        Optional<String> sessionName;
        Optional<PerBuild> perBuild;

        Draft(AwsSettings from) {
            region = from.region;
            endpoint = from.endpoint;
            stsEndpoint = from.stsEndpoint;
            login = from.login;
            chain = from.chain;
            fips = from.fips;
            dualStack = from.dualStack;
            proxy = from.proxy;
            routes = from.routes;
            sessionName = from.sessionName;
            perBuild = from.perBuild;
        }

        AwsSettings settings() {
            return new AwsSettings(
                    region, endpoint, stsEndpoint, login, chain, fips, dualStack, proxy, routes, sessionName, perBuild);
        }
    }
}
