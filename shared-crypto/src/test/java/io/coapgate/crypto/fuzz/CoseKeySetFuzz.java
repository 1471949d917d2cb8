package io.coapgate.crypto.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

class CoseKeySetFuzz {

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "60s")
    void isReadBackOrRefused(byte[] input) {
        FuzzTarget.COSE_KEY_SET.accepts(input);
    }

    static Stream<byte[]> seeds() {
        return FuzzTarget.COSE_KEY_SET.corpus();
    }
}
