package io.coapgate.gateway.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScopeSetTest {
    @Test
    void equalSetsHaveEqualTexts() {
        assertThat(ScopeSet.parse("b a a")).isEqualTo(ScopeSet.of("a", "b")).hasToString("a b");
        assertThat(ScopeSet.parse("")).isSameAs(ScopeSet.EMPTY);
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "a  b", " a", "a ", "a\tb", "a\"", "a\\b", "\u00e4"})
    void refusesWhatRfc6749DoesNotAllow(String text) {
        assertThatThrownBy(() -> ScopeSet.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesTooMany() {
        Stream<Scope> scopes = IntStream.range(0, 65).mapToObj(i -> new Scope("s" + i));
        assertThatThrownBy(() -> ScopeSet.of(scopes.toList())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void combinesAsSetsDo() {
        ScopeSet ab = ScopeSet.of("a", "b");
        assertThat(ab.intersection(ScopeSet.of("b", "c"))).isEqualTo(ScopeSet.of("b"));
        assertThat(ab.union(ScopeSet.of("b", "c"))).isEqualTo(ScopeSet.of("a", "b", "c"));
        assertThat(ab.intersects(ScopeSet.of("c"))).isFalse();
        assertThat(ab.containsAll(ScopeSet.EMPTY)).isTrue();
        assertThat(ab.containsAll(ScopeSet.of("a", "c"))).isFalse();
    }
}
