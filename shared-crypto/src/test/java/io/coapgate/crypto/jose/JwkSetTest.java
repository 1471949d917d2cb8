package io.coapgate.crypto.jose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.nimbusds.jose.jwk.JWKSet;
import io.coapgate.crypto.key.KeyFormatException;
import io.coapgate.crypto.key.KeyFormatException.Reason;
import java.security.SecureRandom;
import java.text.ParseException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JwkSetTest {
    private static final String ED25519_MEMBERS =
            "\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"";

    private final JwtSigningKey current = JwtSigningKey.generate(JwtAlgorithm.ES256, new SecureRandom());
    private final JwtSigningKey next = JwtSigningKey.generate(JwtAlgorithm.EDDSA, new SecureRandom());

    @Test
    void publishesThePublicKeysInTheirOrder() throws KeyFormatException {
        JwkSet set = JwkSet.of(List.of(current, next));
        JwkSet read = JwkSet.parse(set.toJson());

        assertThat(read.keys()).containsExactly(current.publicJwk(), next.publicJwk());
        assertThat(read.find(next.keyId())).contains(next.publicJwk());
        assertThat(read.find("other")).isEmpty();
        assertThat(JwkSet.MEDIA_TYPE).isEqualTo("application/jwk-set+json");
    }

    @Test
    void anotherLibraryReadsItAndFindsNoPrivateKey() throws ParseException {
        String json = JwkSet.of(List.of(current, next)).toJson();

        assertThat(JWKSet.parse(json).getKeys()).hasSize(2).noneMatch(key -> key.isPrivate());
        assertThat(json).doesNotContain("\"d\"");
    }

    @Test
    void anEmptySetIsStillASet() throws KeyFormatException {
        assertThat(JwkSet.of(List.of()).toJson()).isEqualTo("{\"keys\":[]}");
        assertThat(JwkSet.parse("{\"keys\":[]}").keys()).isEmpty();
    }

    @Test
    void theEntityTagIsQuotedAndFollowsTheContent() {
        String tag = JwkSet.of(List.of(current)).entityTag();

        assertThat(tag).matches("\"[A-Za-z0-9_-]{43}\"");
        assertThat(JwkSet.of(List.of(current)).entityTag()).isEqualTo(tag);
        assertThat(JwkSet.of(List.of(next)).entityTag()).isNotEqualTo(tag);
        assertThat(JwkSet.of(List.of(current, next)).entityTag())
                .isNotEqualTo(JwkSet.of(List.of(next, current)).entityTag());
    }

    @Test
    void refusesToPublishAKeyTwice() {
        assertThatIllegalArgumentException().isThrownBy(() -> JwkSet.of(List.of(current, current)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\"kid\":1",
                "\"kid\":\"a\",\"use\":\"enc\"",
                "\"kid\":\"a\",\"alg\":\"ES256\"",
                "\"kid\":\"a\",\"alg\":7",
                "\"kid\":\"a\",\"key_ops\":[\"sign\"]",
                "\"kid\":\"a\",\"key_ops\":\"verify\""
            })
    void passesOverKeysThatAreNotForVerifyingOrNotNamed(String more) throws KeyFormatException {
        String key = "{" + ED25519_MEMBERS + (more.isEmpty() ? "" : "," + more) + "}";

        assertThat(JwkSet.parse("{\"keys\":[" + key + "]}").keys()).isEmpty();
    }

    @Test
    void passesOverKeysItDoesNotUnderstandAndKeepsTheRest() throws KeyFormatException {
        JwkSet set = JwkSet.parse("{\"keys\":[{\"kty\":\"AKP\",\"kid\":\"pq\",\"pub\":\"AA\"},"
                + "{\"kty\":\"EC\",\"crv\":\"P-384\",\"kid\":\"p384\",\"x\":\"AA\",\"y\":\"AA\"},{"
                + ED25519_MEMBERS + ",\"kid\":\"good\",\"key_ops\":[\"verify\"],\"alg\":\"Ed25519\"}],\"more\":1}");

        assertThat(set.keys()).extracting(PublicJwk::keyId).containsExactly("good");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                "{\"keys\":{}}",
                "{\"keys\":[1]}",
                "{\"keys\":[null]}",
                "{\"keys\":[[]]}",
                "{\"keys\":[]",
                "{\"keys\":[],\"keys\":[]}",
                "{\"keys\":[{\"kty\":\"oct\",\"k\":\"AQIDBA\"}]}",
                "{\"keys\":[{" + ED25519_MEMBERS + ",\"d\":\"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A\"}]}",
                "{\"keys\":[{" + ED25519_MEMBERS + ",\"kid\":\"a\"},{" + ED25519_MEMBERS + ",\"kid\":\"a\"}]}"
            })
    void refusesWhatIsNoSetOfPublicKeysWithDistinctNames(String json) {
        assertThatExceptionOfType(KeyFormatException.class)
                .isThrownBy(() -> JwkSet.parse(json))
                .extracting(KeyFormatException::reason)
                .isEqualTo(Reason.MALFORMED);
    }

    @Test
    void refusesASetThatIsTooLarge() {
        String padded = "{\"keys\":[]" + " ".repeat(JwkSet.MAX_LENGTH) + "}";

        assertThatExceptionOfType(KeyFormatException.class)
                .isThrownBy(() -> JwkSet.parse(padded))
                .extracting(KeyFormatException::reason)
                .isEqualTo(Reason.TOO_LARGE);
    }
}
