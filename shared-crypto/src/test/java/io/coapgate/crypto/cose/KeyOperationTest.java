package io.coapgate.crypto.cose;

import static org.assertj.core.api.Assertions.assertThat;

import io.coapgate.crypto.cose.CoseAlgorithm.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyOperationTest {

    /** RFC 9052 §7.1, Table 5. */
    @ParameterizedTest
    @CsvSource({
        "1, SIGN",
        "2, VERIFY",
        "3, ENCRYPT",
        "4, DECRYPT",
        "5, WRAP_KEY",
        "6, UNWRAP_KEY",
        "7, DERIVE_KEY",
        "8, DERIVE_BITS",
        "9, MAC_CREATE",
        "10, MAC_VERIFY"
    })
    void identifiersAreThoseOfTheRegistry(int id, KeyOperation operation) {
        assertThat(operation.id()).isEqualTo(id);
    }

    @ParameterizedTest
    @CsvSource({"SIGNATURE, SIGN, VERIFY", "MAC, MAC_CREATE, MAC_VERIFY", "ENCRYPTION, ENCRYPT, DECRYPT"})
    void eachKindHasOneForEachSide(Kind kind, KeyOperation creating, KeyOperation checking) {
        assertThat(KeyOperation.creating(kind)).isEqualTo(creating);
        assertThat(KeyOperation.checking(kind)).isEqualTo(checking);
    }

    @Test
    void thereAreTenOfThem() {
        assertThat(KeyOperation.values()).hasSize(10);
    }
}
