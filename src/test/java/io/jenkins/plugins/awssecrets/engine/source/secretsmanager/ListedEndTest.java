package io.jenkins.plugins.awssecrets.engine.source.secretsmanager;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.secretsmanager.model.ListSecretsResponse;
import software.amazon.awssdk.services.secretsmanager.model.SecretListEntry;
import software.amazon.awssdk.services.secretsmanager.model.SortOrderType;

class ListedEndTest {
    private final ListedEnd first = new ListedEnd(SortOrderType.ASC, page -> List.of());
    private final ListedEnd last = new ListedEnd(SortOrderType.DESC, page -> List.of());

    @Test
    void endsMeetAtTheSecretsThatBothHave() {
        add(first, "abc");
        add(last, "gfe");
        assertThat(first.overlaps(last)).isFalse();
        assertThat(first.meets(last)).isFalse();

        add(first, "def");
        add(last, "dcb");
        assertThat(first.overlaps(last)).isTrue();
        assertThat(first.meets(last)).isTrue();
    }

    @Test
    void aSecretThatOnlyOneEndHasBetweenThoseOfBothIsASignOfAnotherOrder() {
        add(first, "abcd");
        add(last, "gfdc");
        assertThat(first.meets(last)).isTrue();

        ListedEnd otherwise = new ListedEnd(SortOrderType.DESC, page -> List.of());
        add(otherwise, "gdxc");
        assertThat(first.overlaps(otherwise)).isTrue();
        assertThat(first.meets(otherwise)).isFalse();
    }

    /** A service that knows no order gives both ends the same pages. */
    @Test
    void endsThatBeginAlikeDoNotMeet() {
        add(first, "abc");
        add(first, "def");
        add(last, "abc");

        assertThat(first.overlaps(last)).isTrue();
        assertThat(first.meets(last)).isFalse();
    }

    private static void add(ListedEnd end, String names) {
        end.add(ListSecretsResponse.builder()
                .secretList(Stream.of(names.split(""))
                        .map(name -> SecretListEntry.builder().name(name).build())
                        .toList())
                .nextToken("more")
                .build());
    }
}
