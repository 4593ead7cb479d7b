package io.jenkins.plugins.awssecrets.engine.placement;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PricesTest {
    private final Prices prices = Prices.bundled();

    @Test
    void pricesOfThisYearAreNotFlagged() {
        assertThat(prices.outdated(Instant.parse("2026-10-01T00:00:00Z"))).isEmpty();
    }

    @Test
    void pricesOlderThanAYearAreFlaggedWithWhereToLook() {
        assertThat(prices.outdated(Instant.parse("2026-10-22T00:00:00Z")))
                .hasValue("the prices of Parameter Store are more than a year old (2025-10-21); see"
                        + " https://aws.amazon.com/systems-manager/pricing/");
        assertThat(prices.outdated(Instant.parse("2028-01-01T00:00:00Z")))
                .hasValueSatisfying(all -> assertThat(all).contains("Secrets Manager", "Parameter Store", "KMS"));
    }

    @ParameterizedTest
    @CsvSource({"Parameter Store, 2025-10-21", "KMS, 2026-03-15", "Secrets Manager, 2026-09-20"})
    void eachServiceIsFlaggedOnItsOwnFromTheDayAfterAYear(String service, LocalDate of) {
        String flagged = "the prices of " + service + " are";
        Instant inAYear = of.plusYears(1).atTime(23, 59).toInstant(ZoneOffset.UTC);

        assertThat(prices.outdated(inAYear).orElse("")).doesNotContain(flagged);
        assertThat(prices.outdated(inAYear.plusSeconds(60)).orElse("")).contains(flagged);
    }

    /** Secrets Manager's own key costs nothing; a key of Parameter Store's is asked at each read of a SecureString. */
    @ParameterizedTest
    @CsvSource({
        "PARAMETER_STORE, 0.000",
        "PARAMETER_STORE_ENCRYPTED, 0.003",
        "PARAMETER_STORE_ADVANCED, 0.005",
        "PARAMETER_STORE_ADVANCED_ENCRYPTED, 0.008",
        "SECRETS_MANAGER, 0.005",
        "VAULT, 0",
        "MADE, 0",
    })
    void aThousandReadsCost(Service service, String dollars) {
        assertThat(prices.reads(service, 1000)).isEqualByComparingTo(dollars);
    }
}
