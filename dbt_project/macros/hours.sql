{# A timestamp some hours later. #}
{% macro add_hours(from_timestamp, hours) -%}
    {{ adapter.dispatch('add_hours', 'kaeru')(from_timestamp, hours) }}
{%- endmacro %}

{% macro duckdb__add_hours(from_timestamp, hours) -%}
    ({{ from_timestamp }} + to_hours({{ hours }}))
{%- endmacro %}

{# Whole minutes from the first timestamp forward to the second. #}
{% macro minutes_between(from_timestamp, to_timestamp) -%}
    {{ adapter.dispatch('minutes_between', 'kaeru')(from_timestamp, to_timestamp) }}
{%- endmacro %}

{% macro duckdb__minutes_between(from_timestamp, to_timestamp) -%}
    date_sub('minute', {{ from_timestamp }}, {{ to_timestamp }})
{%- endmacro %}
