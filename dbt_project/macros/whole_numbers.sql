{# Whole quotient of two whole numbers, rounded down for negative ones too; the divisor is > 0. #}
{% macro divide_down(dividend, divisor) -%}
    {{ adapter.dispatch('divide_down', 'kaeru')(dividend, divisor) }}
{%- endmacro %}

{% macro duckdb__divide_down(dividend, divisor) -%}
    (({{ dividend }} - (({{ dividend }}) % ({{ divisor }}) + ({{ divisor }})) % ({{ divisor }}))
        // ({{ divisor }}))
{%- endmacro %}

{# amount x part / whole in whole minor units, the half rounded up; null where whole is not > 0. #}
{% macro share_of_amount(amount, part, whole) -%}
    case
        when {{ part }} = {{ whole }} then {{ amount }}
        when {{ whole }} > 0 then {{ divide_down(
            '(2 * ' ~ amount ~ ' * ' ~ part ~ ' + ' ~ whole ~ ')', '(2 * ' ~ whole ~ ')'
        ) }}
    end
{%- endmacro %}
