package io.coapgate.crypto.jose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coapgate.crypto.key.KeyFormatException;
import io.coapgate.crypto.key.SecretBytes;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 7662 §2.2. */
class IntrospectedTokenTest {

    @Test
    void readsTheExampleOfTheRfc() throws Exception {
        IntrospectedToken token = IntrospectedToken.parse("""
                {"active": true, "client_id": "l238j323ds-23ij4", "username": "jdoe", "scope": "read write dolphin",
                 "sub": "Z5O3upPC88QrAjx00dis", "aud": "https://protected.example.net/resource",
                 "iss": "https://server.example.com/", "exp": 1419356238, "iat": 1419350238, "extension_field": "twenty-seven"}
                """);
        assertThat(token.isActive()).isTrue();
        assertThat(token.text("scope")).contains("read write dolphin");
        assertThat(token.texts("aud")).containsExactly("https://protected.example.net/resource");
        assertThat(token.time("exp")).contains(Instant.ofEpochSecond(1_419_356_238));
        assertThat(token.time("nbf")).isEmpty();
        assertThat(token.confirmationKeyId()).isEmpty();
    }

    @Test
    void readsAConfirmationOfEachKind() throws Exception {
        String ec = "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}";
        assertThat(confirmed("{\"jwk\":" + ec + "}").confirmationKey()).isPresent();
        assertThat(confirmed("{\"kid\":\"k\"}").confirmationKeyId()).contains("k");
        IntrospectedToken secret = confirmed("{\"jwk\":{\"kty\":\"oct\",\"k\":\"AAEC\"}}");
        assertThat(secret.confirmationSecret()).contains(SecretBytes.copyOf(new byte[] {0, 1, 2}));
        assertThat(secret.confirmationKey()).isEmpty();
        assertThat(confirmed("{\"x5t#S256\":\"AA\"}").confirmationKeyId()).isEmpty();
    }

    private static IntrospectedToken confirmed(String cnf) throws KeyFormatException {
        return IntrospectedToken.parse("{\"active\":true,\"cnf\":" + cnf + "}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"active\":\"true\"}",
                "{\"active\":1}",
                "{\"active\":true",
                "{\"active\":null}"
            })
    void refusesWhatDoesNotSayWhetherTheTokenIsActive(String json) {
        assertThatThrownBy(() -> IntrospectedToken.parse(json)).isInstanceOf(KeyFormatException.class);
    }

    @Test
    void refusesMembersOfTheWrongType() throws Exception {
        IntrospectedToken token = IntrospectedToken.parse(
                "{\"active\":true,\"scope\":[\"a\"],\"exp\":\"1\",\"aud\":[1],\"iat\":1e300,\"cnf\":1}");
        assertThatThrownBy(() -> token.text("scope")).isInstanceOf(KeyFormatException.class);
        assertThatThrownBy(() -> token.time("exp")).isInstanceOf(KeyFormatException.class);
        assertThatThrownBy(() -> token.time("iat")).isInstanceOf(KeyFormatException.class);
        assertThatThrownBy(() -> token.texts("aud")).isInstanceOf(KeyFormatException.class);
        assertThatThrownBy(token::confirmationKey).isInstanceOf(KeyFormatException.class);
    }
}
