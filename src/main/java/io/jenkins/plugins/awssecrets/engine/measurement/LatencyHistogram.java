package io.jenkins.plugins.awssecrets.engine.measurement;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Durations in the buckets that OpenTelemetry advises for request durations (<a
 * href="https://opentelemetry.io/docs/specs/semconv/http/http-metrics/">semantic conventions for HTTP metrics</a>), in
 * milliseconds. Not safe for use by several threads.
 */
public final class LatencyHistogram {
    private static final long[] BOUNDS = {5, 10, 25, 50, 75, 100, 250, 500, 750, 1_000, 2_500, 5_000, 7_500, 10_000};

    private final long[] buckets = new long[BOUNDS.length + 1];
    private Duration sum = Duration.ZERO;
    private Duration longest = Duration.ZERO;

    /**
     * One bucket.
     *
     * @param upTo its upper bound, inclusive; the last one is open and has the longest duration there was
     */
    public record Bucket(Duration upTo, long count) {}

    /** All of it at one moment. */
    public record Counts(List<Bucket> buckets, Duration sum) {
        public Counts {
            buckets = List.copyOf(buckets);
        }

        public long count() {
            return buckets.stream().mapToLong(Bucket::count).sum();
        }

        /**
         * A duration that the given part of all stayed within: its bucket's upper bound.
         *
         * @param part from 0 to 1
         */
        public Duration within(double part) {
            double wanted = part * count();
            long seen = 0;
            for (Bucket bucket : buckets) {
                seen += bucket.count();
                if (seen >= wanted && bucket.count() > 0) {
                    return bucket.upTo();
                }
            }
            return Duration.ZERO;
        }
    }

    void add(Duration duration) {
        // A bound belongs to its own bucket, and what is a fraction of a millisecond above it to the next one.
        long millis = duration.plusNanos(999_999).toMillis();
        int at = Arrays.binarySearch(BOUNDS, millis);
        buckets[at < 0 ? -at - 1 : at]++;
        sum = sum.plus(duration);
        longest = duration.compareTo(longest) > 0 ? duration : longest;
    }

    Counts counts() {
        List<Bucket> all = new ArrayList<>();
        for (int i = 0; i < buckets.length; i++) {
            all.add(new Bucket(i < BOUNDS.length ? Duration.ofMillis(BOUNDS[i]) : longest, buckets[i]));
        }
        return new Counts(all, sum);
    }
}
