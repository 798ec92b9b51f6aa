{#
    An amount with or without its consumption tax, in whole minor units, the half rounded up.

    turned_to: 'excluded' takes the tax out of an amount that holds it, 'included' adds it to one
    that does not, null leaves the amount as the files say. Nothing holds no tax; anything else
    whose rate is not known is null. Whole rates go first and the rest after them, so that the
    product stays within a bigint.
#}
{% macro turn_tax(amount, rate, turned_to) -%}
    case
        when {{ turned_to }} is null then {{ amount }}
        when {{ amount }} = 0 then 0
        when {{ turned_to }} = 'excluded'
            then {{ scale_amount(amount, '1000000', '(1000000 + ' ~ to_millionths(rate) ~ ')') }}
        else {{ scale_amount(amount, '(1000000 + ' ~ to_millionths(rate) ~ ')', '1000000') }}
    end
{%- endmacro %}

{# amount x part / whole, the half rounded up, of amounts of up to 15 digits; whole is > 0. #}
{% macro scale_amount(amount, part, whole) -%}
    {%- set quotient = divide_down('(' ~ amount ~ ')', whole) -%}
    {{ quotient }} * {{ part }}
    + {{ divide_down(
        '(2 * (' ~ amount ~ ' - ' ~ quotient ~ ' * ' ~ whole ~ ') * ' ~ part ~ ' + ' ~ whole ~ ')',
        '(2 * ' ~ whole ~ ')'
    ) }}
{%- endmacro %}
