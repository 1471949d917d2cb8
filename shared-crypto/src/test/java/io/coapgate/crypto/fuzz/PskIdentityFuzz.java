package io.coapgate.crypto.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

class PskIdentityFuzz {

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "60s")
    void isReadBackOrRefused(byte[] input) {
        FuzzTarget.PSK_IDENTITY.accepts(input);
    }

    static Stream<byte[]> seeds() {
        return FuzzTarget.PSK_IDENTITY.corpus();
    }
}
