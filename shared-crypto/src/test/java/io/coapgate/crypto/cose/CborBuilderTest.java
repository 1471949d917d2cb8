package io.coapgate.crypto.cose;

import static org.assertj.core.api.Assertions.assertThat;

import com.upokecenter.cbor.CBOREncodeOptions;
import com.upokecenter.cbor.CBORException;
import com.upokecenter.cbor.CBORObject;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The library's own reader is the oracle: what the scan lets through, both read alike or both refuse. */
class CborBuilderTest {

    private static final CBOREncodeOptions NO_DUPLICATES = new CBOREncodeOptions("allowduplicatekeys=false");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00",
                "17",
                "1818",
                "190100",
                "1a00010000",
                "1b0000000100000000",
                "1b7fffffffffffffff",
                "1b8000000000000000",
                "1bffffffffffffffff",
                "20",
                "3818",
                "3b7fffffffffffffff",
                "3b8000000000000000",
                "3bffffffffffffffff",
                "40",
                "4401020304",
                "60",
                "6161",
                "62c3bc",
                "63e6b0b4",
                "64f0908591",
                "63efbfbd",
                "80",
                "8301820203820405",
                "a0",
                "a201020304",
                "a26161016162820203",
                "a1616100",
                "f4",
                "f5",
                "f6",
                "f90000",
                "f98000",
                "f93c00",
                "f90001",
                "f97c00",
                "f9fc00",
                "f97e00",
                "fa47c35000",
                "fb3ff199999999999a",
                "a2f90000f4f98000f4",
                "a201f4f93c00f4",
                "a241610061611a00010000",
                "a2808181f5a0f6",
                "a1a10102a10304"
            })
    void readsWhatTheLibraryReads(String hex) throws Exception {
        byte[] cbor = HexFormat.of().parseHex(hex);
        CborScan.requireStrict(cbor, 0);
        assertThat(built(cbor)).isEqualTo(library(cbor)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a201f401f5",
                "a2616101616102",
                "a240014002",
                "a2f93c0001f93c0002",
                "a2800180f4",
                "a2a000a001",
                "8161ff",
                "61c3",
                "62c080",
                "63eda080",
                "64f4908080",
                "64efbfbdff",
                "a161ff00",
                "a10161ff"
            })
    void refusesWhatTheLibraryRefuses(String hex) throws Exception {
        byte[] cbor = HexFormat.of().parseHex(hex);
        CborScan.requireStrict(cbor, 0);
        assertThat(built(cbor)).isEqualTo(library(cbor)).isEmpty();
    }

    @Test
    void agreesWithTheLibraryOnWhateverTheScanLetsThrough() {
        Random random = new Random(20261124);
        byte[] heads = HexFormat.of().parseHex("0001171820386241424360616263c3bc808182a0a1a2f4f5f6f9f07c00");
        int agreed = 0;
        for (int i = 0; i < 200_000; i++) {
            byte[] cbor = new byte[1 + random.nextInt(12)];
            for (int j = 0; j < cbor.length; j++) {
                cbor[j] = heads[random.nextInt(heads.length)];
            }
            if (passesScan(cbor)) {
                assertThat(built(cbor)).as(HexFormat.of().formatHex(cbor)).isEqualTo(library(cbor));
                agreed++;
            }
        }
        assertThat(agreed).isGreaterThan(5_000);
    }

    private static boolean passesScan(byte[] cbor) {
        try {
            CborScan.requireStrict(cbor, 0);
            return true;
        } catch (CoseException e) {
            return false;
        }
    }

    private static Optional<CBORObject> built(byte[] scanned) {
        try {
            return Optional.of(CborBuilder.build(scanned, 0));
        } catch (CoseException e) {
            assertThat(e.reason()).isEqualTo(CoseException.Reason.MALFORMED);
            return Optional.empty();
        }
    }

    private static Optional<CBORObject> library(byte[] scanned) {
        try {
            return Optional.of(CBORObject.DecodeFromBytes(scanned, NO_DUPLICATES));
        } catch (CBORException e) {
            return Optional.empty();
        }
    }
}
