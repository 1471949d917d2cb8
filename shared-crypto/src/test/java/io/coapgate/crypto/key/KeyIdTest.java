package io.coapgate.crypto.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class KeyIdTest {

    @Test
    void comparesByContent() {
        assertThat(KeyId.of(new byte[] {'a', '1'}))
                .isEqualTo(KeyId.ofUtf8("a1"))
                .hasSameHashCodeAs(KeyId.ofUtf8("a1"));
        assertThat(KeyId.ofUtf8("a1")).isNotEqualTo(KeyId.ofUtf8("a2"));
    }

    @Test
    void copiesInAndOut() {
        byte[] bytes = {1, 2};
        KeyId kid = KeyId.of(bytes);
        bytes[0] = 9;
        kid.bytes()[1] = 9;
        assertThat(kid.bytes()).containsExactly(1, 2);
    }

    @Test
    void showsVisibleAsciiAsTextAndAllElseAsHex() {
        assertThat(KeyId.ofUtf8("key-1")).hasToString("key-1");
        assertThat(KeyId.of(new byte[] {0x0a, 0x41})).hasToString("0x0a41");
        assertThat(KeyId.ofUtf8("a b")).hasToString("0x612062");
        assertThat(KeyId.ofUtf8("é")).hasToString("0xc3a9");
    }

    @Test
    void hasOneTo64Bytes() {
        assertThat(KeyId.of(new byte[64]).bytes()).hasSize(64);
        assertThatIllegalArgumentException().isThrownBy(() -> KeyId.of(new byte[0]));
        assertThatIllegalArgumentException().isThrownBy(() -> KeyId.of(new byte[65]));
    }
}
