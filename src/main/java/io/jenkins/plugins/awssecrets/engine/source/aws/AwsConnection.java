package io.jenkins.plugins.awssecrets.engine.source.aws;

import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.identity.BuildIdentity;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import io.jenkins.plugins.awssecrets.engine.source.aws.calls.Answer;
import io.jenkins.plugins.awssecrets.engine.source.aws.calls.BoundedCalls;
import io.jenkins.plugins.awssecrets.engine.source.aws.calls.DeadlineRetries;
import io.jenkins.plugins.awssecrets.engine.source.rate.RateLimit;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;

/**
 * One source's connection to one AWS service: its client, made at the first call, and calls that end by their deadline,
 * a few at a time. Safe for use by several threads.
 *
 * @param <C> the SDK's client
 */
public final class AwsConnection<C extends AutoCloseable> implements AutoCloseable {
    private final String subject;
    private final String service;
    private final AwsClients clients;
    private final DeadlineRetries retries;
    private final BoundedCalls calls;
    private final Supplier<C> client;

    /** Whose session the calls are made in; empty for the source's own login. */
    private final Optional<BuildSession> session;

    /** One call to the service. */
    @FunctionalInterface
    public interface Call<C, T> {
        /** @param limits to be given to every request as its {@code overrideConfiguration} */
        T on(C client, Consumer<AwsRequestOverrideConfiguration.Builder> limits);

        /** Whether calls of another quota can stand in for it, so that it is not repeated when it is throttled. */
        default boolean isReplaceable() {
            return false;
        }

        /** The same call, for which others can stand in. */
        default Call<C, T> replaceable() {
            Call<C, T> call = this;
            return new Call<>() {
                @Override
                public T on(C client, Consumer<AwsRequestOverrideConfiguration.Builder> limits) {
                    return call.on(client, limits);
                }

                @Override
                public boolean isReplaceable() {
                    return true;
                }
            };
        }
    }

    private AwsConnection(String subject, String service, AwsSettings settings, Function<AwsClients, C> maker) {
        this.subject = subject;
        this.service = service;
        this.retries = new DeadlineRetries(new RateLimit(Clock.systemUTC()));
        this.clients = new AwsClients(settings, retries, variableOf(service));
        this.calls = new BoundedCalls(subject);
        this.client = new Client<>(() -> maker.apply(clients));
        this.session = Optional.empty();
    }

    private AwsConnection(AwsConnection<C> shared, BuildSession session) {
        this.subject = shared.subject;
        this.service = shared.service;
        this.retries = shared.retries;
        this.clients = shared.clients;
        this.calls = shared.calls;
        this.client = shared.client;
        this.session = Optional.of(session);
    }

    /** A client that is made at the first call. */
    private static final class Client<C> implements Supplier<C> {
        private final Supplier<C> maker;
        private Optional<C> made = Optional.empty();

        Client(Supplier<C> maker) {
            this.maker = maker;
        }

        @Override
        public synchronized C get() {
            if (made.isEmpty()) {
                made = Optional.of(maker.get());
            }
            return made.get();
        }
    }

    /**
     * A connection whose client is made from the settings.
     *
     * @param subject the source, for thread names and messages
     * @param service how people call the service
     * @param builder gives a builder of its client
     */
    public static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C extends AutoCloseable>
            AwsConnection<C> to(String subject, String service, AwsSettings settings, Supplier<B> builder) {
        return new AwsConnection<>(subject, service, settings, clients -> clients.client(builder.get()));
    }

    /**
     * Makes the calls, a few at a time.
     *
     * @return their answers, in the same order
     * @throws SecretException with {@link Problem#ABORTED} when this thread was interrupted or the source closed
     */
    public <T> List<Answer<T>> all(List<Call<C, T>> wanted, Deadline deadline) {
        List<Callable<T>> tasks = wanted.stream()
                .<Callable<T>>map(call -> () -> paced(call, deadline))
                .toList();
        return wanted.isEmpty() ? List.of() : calls.all(tasks, deadline);
    }

    private <T> T paced(Call<C, T> call, Deadline deadline) throws Exception {
        Callable<T> made = () -> call.on(client.get(), limits(deadline));
        return call.isReplaceable() ? retries.replaceable(deadline, made) : retries.during(deadline, made);
    }

    /**
     * Makes one call.
     *
     * @param access the permission it needs
     * @throws SecretException about the source as a whole when it fails
     */
    public <T> T one(Call<C, T> call, Access access, Deadline deadline) {
        return each(List.of(call), access, deadline).get(0);
    }

    /**
     * Makes calls at once of which none may fail.
     *
     * @param access the permission that each of them needs
     * @return what came of them, in the same order
     * @throws SecretException about the source as a whole when one fails
     */
    public <T> List<T> each(List<Call<C, T>> wanted, Access access, Deadline deadline) {
        return all(wanted, deadline).stream()
                .<T>map(answer -> answer.either(Function.identity(), failure -> {
                    throw errors().of(failure, subject, access);
                }))
                .toList();
    }

    /**
     * Finds region and credentials and, where a role is assumed, assumes it.
     *
     * @throws SecretException about the source when that fails
     */
    public void logIn(Deadline deadline) {
        keys(deadline);
    }

    /** The same, with the keys that it gives, for signing without a call. */
    public AwsCredentials keys(Deadline deadline) {
        return one(
                (any, limits) -> session.isPresent() ? session.get().resolveCredentials() : clients.login(),
                new Access("sts:AssumeRole", "*"),
                deadline);
    }

    /**
     * The session of a build; nothing is asked before it is used.
     *
     * @param kind of the source, which tells what an exact policy allows
     */
    public BuildSession session(PerBuild how, BuildIdentity build, SourceKind kind) {
        try {
            clients.admit(how, build);
        } catch (SecretException e) {
            throw e.about(subject);
        }
        return new BuildSession(
                subject,
                how,
                build,
                names -> clients.ofBuild(how, build, () -> SessionPolicy.of(kind, place(), names)));
    }

    /** The same connection, at the same pace, whose calls are made in a build's session. It need not be closed. */
    public AwsConnection<C> in(BuildSession of) {
        return new AwsConnection<>(this, of);
    }

    /** Tells errors of this service, at the place that is known by now. */
    public AwsErrors errors() {
        return new AwsErrors(service, place());
    }

    /** Where the calls go, as far as it is known by now. */
    public Place place() {
        return clients.place();
    }

    /** By the service's id (AWS SDKs and Tools Reference Guide, service-specific endpoints). */
    private static String variableOf(String service) {
        return "AWS_ENDPOINT_URL_"
                + switch (service) {
                    case "Secrets Manager" -> "SECRETS_MANAGER";
                    case "Parameter Store" -> "SSM";
                    default -> service;
                };
    }

    private Consumer<AwsRequestOverrideConfiguration.Builder> limits(Deadline deadline) throws TimeoutException {
        Duration left = deadline.remaining();
        if (left.isZero()) {
            throw new TimeoutException();
        }
        return override -> {
            override.apiCallTimeout(left);
            session.ifPresent(override::credentialsProvider);
        };
    }

    /** Ends what is under way and closes clients, connections and credentials providers. Never throws. */
    @Override
    public void close() {
        calls.close();
        clients.close();
    }
}
