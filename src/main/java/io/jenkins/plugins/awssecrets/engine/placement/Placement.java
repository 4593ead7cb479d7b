package io.jenkins.plugins.awssecrets.engine.placement;

import java.math.BigDecimal;
import java.util.List;

/**
 * Where a credential's values are kept, and what that costs in US dollars.
 *
 * @param credential its id
 * @param advice on this credential
 */
public record Placement(String credential, List<Place> places, List<Advice> advice) {
    public Placement {
        places = List.copyOf(places);
        advice = List.copyOf(advice);
    }

    /**
     * One secret.
     *
     * @param secret as a reference names it, without a field
     * @param fields of the credential that come from it
     * @param month for keeping it
     * @param perThousandBuilds for reading it once a build
     * @param sharedBy how many credentials use it, this one included; it is paid once
     */
    public record Place(
            String secret,
            List<String> fields,
            Service service,
            BigDecimal month,
            BigDecimal perThousandBuilds,
            int sharedBy) {
        public Place {
            fields = List.copyOf(fields);
        }
    }

    public BigDecimal month() {
        return places.stream().map(Place::month).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    public BigDecimal perThousandBuilds() {
        return places.stream().map(Place::perThousandBuilds).reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
