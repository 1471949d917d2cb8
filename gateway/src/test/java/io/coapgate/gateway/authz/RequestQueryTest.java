package io.coapgate.gateway.authz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coapgate.gateway.refusal.Refusal;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestQueryTest {
    @Test
    void joinsArgumentsAndEncodesWhatSeparatesThem() throws Exception {
        assertThat(RequestQuery.of(List.of("a=1", "b=x&y", "c=#", "d=1/2?")).encoded())
                .isEqualTo("?a=1&b=x%26y&c=%23&d=1/2?");
        assertThat(RequestQuery.of(List.of()).encoded()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nb", "\u0000", "\u007f", "\ufffd", "x\ud800"})
    void refusesControlCharactersAndWhatIsNotUtf8(String argument) {
        assertThatThrownBy(() -> RequestQuery.of(List.of(argument)))
                .isInstanceOfSatisfying(
                        InvalidPathException.class, e -> assertThat(e.reason()).isEqualTo(Refusal.QUERY_INVALID));
    }

    @Test
    void refusesTooManyArguments() {
        assertThatThrownBy(() -> RequestQuery.of(Collections.nCopies(33, "a")))
                .isInstanceOf(InvalidPathException.class);
    }
}
