package io.coapgate.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RetryBudgetTest {
    private final RetryBudget budget = new RetryBudget(2);

    private void requests(int count) {
        for (int i = 0; i < count; i++) {
            budget.countRequest();
        }
    }

    @Test
    void startsWithWhatCanBeSaved() {
        assertThat(budget.afford()).isTrue();
        assertThat(budget.afford()).isTrue();
        assertThat(budget.afford()).isFalse();
    }

    @Test
    void earnsOneForEveryFiveRequests() {
        startsWithWhatCanBeSaved();
        requests(4);
        assertThat(budget.afford()).isFalse();
        requests(1);
        assertThat(budget.afford()).isTrue();
        assertThat(budget.afford()).isFalse();
    }

    @Test
    void savesNoMoreThanItsBound() {
        requests(1000);
        startsWithWhatCanBeSaved();
    }
}
