package io.jenkins.plugins.awssecrets.demo.aws;

import io.jenkins.plugins.awssecrets.demo.http.Call;
import io.jenkins.plugins.awssecrets.demo.seed.AwsSeed;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A service's operations by the region that a request is signed for. Regions that no seed names share one store, so that
 * a client may sign for any.
 */
public final class Regions {
    private final Map<String, Operation> shared;
    private final Map<String, Map<String, Operation>> named = new LinkedHashMap<>();

    private Regions(Map<String, Operation> shared) {
        this.shared = Map.copyOf(shared);
    }

    /**
     * One set of operations for the seeds of each region.
     *
     * @param region of a seed; empty for the account's
     * @param make operations upon some seeds, with ARNs of the account as it is given
     */
    public static <S> Regions of(
            AwsSeed account,
            List<S> seeds,
            Function<S, Optional<String>> region,
            BiFunction<AwsSeed, List<S>, Map<String, Operation>> make) {
        Map<Optional<String>, List<S>> byRegion = seeds.stream()
                .collect(Collectors.groupingBy(
                        seed -> region.apply(seed).filter(r -> !r.equals(account.region())),
                        LinkedHashMap::new,
                        Collectors.toList()));
        Regions regions = new Regions(make.apply(account, byRegion.getOrDefault(Optional.<String>empty(), List.of())));
        byRegion.forEach(
                (name, some) -> name.ifPresent(r -> regions.named.put(r, Map.copyOf(make.apply(account.in(r), some)))));
        account.emptyRegions().forEach(r -> regions.named.put(r, Map.copyOf(make.apply(account.in(r), List.of()))));
        return regions;
    }

    Map<String, Operation> operations(Call call) {
        return SignatureV4.header(call)
                .flatMap(SignatureV4::parse)
                .map(signature -> named.getOrDefault(signature.region(), shared))
                .orElse(shared);
    }
}
