package io.jenkins.plugins.awssecrets.engine.source.aws;

import io.jenkins.plugins.awssecrets.engine.identity.BuildIdentity;
import io.jenkins.plugins.awssecrets.engine.source.MachineAddresses;
import io.jenkins.plugins.awssecrets.engine.source.MachineUse;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
        return new AwsSettings(
                region, other, stsEndpoint, login, chain, fips, dualStack, proxy, routes, sessionName, perBuild);
    }

    public AwsSettings withRegion(String name) {
        return new AwsSettings(
                Optional.of(name),
                endpoint,
                stsEndpoint,
                login,
                chain,
                fips,
                dualStack,
                proxy,
                routes,
                sessionName,
                perBuild);
    }

    public AwsSettings withEndpoint(URI uri) {
        return new AwsSettings(
                region,
                Optional.of(uri),
                stsEndpoint,
                login,
                chain,
                fips,
                dualStack,
                proxy,
                routes,
                sessionName,
                perBuild);
    }

    public AwsSettings withStsEndpoint(URI uri) {
        return new AwsSettings(
                region,
                endpoint,
                Optional.of(uri),
                login,
                chain,
                fips,
                dualStack,
                proxy,
                routes,
                sessionName,
                perBuild);
    }

    public AwsSettings withLogin(AwsLogin how) {
        return new AwsSettings(
                region, endpoint, stsEndpoint, how, chain, fips, dualStack, proxy, routes, sessionName, perBuild);
    }

    public AwsSettings withChain(List<AssumeRole> roles) {
        return new AwsSettings(
                region, endpoint, stsEndpoint, login, roles, fips, dualStack, proxy, routes, sessionName, perBuild);
    }

    public AwsSettings withFips(boolean on) {
        return new AwsSettings(
                region, endpoint, stsEndpoint, login, chain, on, dualStack, proxy, routes, sessionName, perBuild);
    }

    public AwsSettings withDualStack(boolean on) {
        return new AwsSettings(
                region, endpoint, stsEndpoint, login, chain, fips, on, proxy, routes, sessionName, perBuild);
    }

    public AwsSettings withProxy(HttpProxy through) {
        return new AwsSettings(
                region,
                endpoint,
                stsEndpoint,
                login,
                chain,
                fips,
                dualStack,
                Optional.of(through),
                routes,
                sessionName,
                perBuild);
    }

    public AwsSettings withRoutes(Optional<ProxyRoutes> through) {
        return new AwsSettings(
                region, endpoint, stsEndpoint, login, chain, fips, dualStack, proxy, through, sessionName, perBuild);
    }

    /** All that it uses of this machine. Looks up the names of its addresses. */
    public List<MachineUse> machineUses() {
        List<URI> addresses =
                Stream.of(endpoint, stsEndpoint).flatMap(Optional::stream).toList();
        // With a role, the first call is the one to STS; what comes after is signed by the role.
        Set<URI> shownTo = chain.isEmpty()
                ? Set.copyOf(addresses)
                : stsEndpoint.map(Set::of).orElse(Set.of());
        Optional<String> role = chain.stream().map(AssumeRole::roleArn).findFirst();
        return Stream.of(
                        login.machineUse(role, shownTo).stream(),
                        addresses.stream().flatMap(address -> MachineAddresses.use(address).stream()),
                        region.isEmpty()
                                ? Stream.<MachineUse>of(new MachineUse.Variable("the controller's AWS region"))
                                : Stream.<MachineUse>empty())
                .flatMap(Function.identity())
                .toList();
    }

    /**
     * The same with every assumed role's session so named, unless a role has a name of its own: a source made for one
     * build shows that build in CloudTrail.
     *
     * @param name any text, such as a job's name and a build's number; made to fit by {@link SessionName}
     */
    public AwsSettings withSessionName(String name) {
        return new AwsSettings(
                region,
                endpoint,
                stsEndpoint,
                login,
                chain,
                fips,
                dualStack,
                proxy,
                routes,
                Optional.of(name),
                perBuild);
    }

    /** The same, from which builds read as themselves. */
    public AwsSettings withPerBuild(Optional<PerBuild> how) {
        return new AwsSettings(
                region, endpoint, stsEndpoint, login, chain, fips, dualStack, proxy, routes, sessionName, how);
    }

    /**
     * For a program that is no build: it assumes the role for itself that builds assume. Where that role is named after the
     * build there is none, and the settings stay as they are.
     */
    public AwsSettings forOneRun() {
        Optional<AssumeRole> role = perBuild.flatMap(PerBuild::role).flatMap(PerBuild.Role::ofEveryBuild);
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
}
