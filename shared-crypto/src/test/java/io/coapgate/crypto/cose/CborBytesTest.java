package io.coapgate.crypto.cose;

import static org.assertj.core.api.Assertions.assertThat;

import com.upokecenter.cbor.CBORObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CborBytesTest {

    /** Both sides of every border between two forms of a head. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 23, 24, 255, 256, 65_535, 65_536, 70_000, 1 << 24})
    void writesByteStringsAsTheLibraryDoes(int length) {
        byte[] content = new byte[length];
        assertThat(new CborBytes(5 + length).bytes(content).toByteArray())
                .isEqualTo(StrictCbor.encode(CBORObject.FromObject(content)));
    }

    @Test
    void writesArraysAndText() {
        assertThat(new CborBytes(4)
                        .arrayOf(2)
                        .text(new byte[] {'a'})
                        .bytes(new byte[0])
                        .toByteArray())
                .isEqualTo(StrictCbor.encode(CBORObject.NewArray().Add("a").Add(new byte[0])));
    }
}
