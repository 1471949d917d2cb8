package io.coapgate.crypto.fuzz;

import static io.coapgate.crypto.TestVectors.hex;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Replays what was found interesting once, so that the normal build notices without fuzzing. */
class FuzzCorpusTest {

    @TestFactory
    List<DynamicTest> everyInputIsReadBackOrRefused() {
        List<DynamicTest> tests = new ArrayList<>();
        for (FuzzTarget target : FuzzTarget.values()) {
            target.corpus()
                    .forEach(input ->
                            tests.add(DynamicTest.dynamicTest(target + " " + hex(input), () -> target.accepts(input))));
        }
        return tests;
    }

    @ParameterizedTest
    @EnumSource
    void bothOutcomesAreAmongThem(FuzzTarget target) {
        assertThat(target.corpus().filter(target::accepts)).isNotEmpty();
        if (target != FuzzTarget.JWK) { // whose four readers are refused one by one
            assertThat(target.corpus().filter(input -> !target.accepts(input))).isNotEmpty();
        }
    }
}
