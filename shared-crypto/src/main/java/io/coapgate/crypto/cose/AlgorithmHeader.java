package io.coapgate.crypto.cose;

import com.upokecenter.cbor.CBORObject;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The protected bucket of almost every message: the algorithm and nothing else (RFC 9052 §3.1), encoded once. */
final class AlgorithmHeader {

    private static final CoseAlgorithm[] ALGORITHMS = CoseAlgorithm.values();
    private static final Map<CoseAlgorithm, byte[]> ENCODED = encoded();

    private AlgorithmHeader() {}

    /** The bytes themselves, not a copy. */
    static byte[] of(CoseAlgorithm algorithm) {
        return Objects.requireNonNull(ENCODED.get(algorithm));
    }

    /** The algorithm of this kind whose header these bytes are; null if they are something else. */
    static @Nullable CoseAlgorithm read(byte[] protectedBytes, CoseAlgorithm.Kind kind) {
        for (CoseAlgorithm algorithm : ALGORITHMS) {
            if (algorithm.kind() == kind && Arrays.equals(of(algorithm), protectedBytes)) {
                return algorithm;
            }
        }
        return null;
    }

    private static Map<CoseAlgorithm, byte[]> encoded() {
        Map<CoseAlgorithm, byte[]> all = new EnumMap<>(CoseAlgorithm.class);
        for (CoseAlgorithm algorithm : ALGORITHMS) {
            CBORObject map = CBORObject.NewMap();
            map.set(CBORObject.FromObject(HeaderReader.ALG), CBORObject.FromObject(algorithm.id()));
            all.put(algorithm, StrictCbor.encode(map));
        }
        return all;
    }
}
